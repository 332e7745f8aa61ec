package dev.caravan.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssetIdTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-14T10:30:00Z");

    @Test
    void an_id_is_24_hex_digits_and_always_the_same_for_the_same_object() {
        String id = AssetId.of("bucket", "uploads/clip one.mov", null, "abc", MODIFIED);
        assertThat(id)
                .matches("[0-9a-f]{24}")
                .isEqualTo(AssetId.of("bucket", "uploads/clip one.mov", null, "abc", MODIFIED));
    }

    @Test
    void fractions_of_a_second_do_not_count_because_a_listing_has_them_and_a_head_has_not() {
        assertThat(AssetId.of("b", "k", null, "abc", MODIFIED.plusMillis(700)))
                .isEqualTo(AssetId.of("b", "k", null, "abc", MODIFIED));
    }

    @Test
    void another_key_version_tag_or_time_is_another_asset() {
        assertThat(Set.of(
                        AssetId.of("b", "k", null, "abc", MODIFIED),
                        AssetId.of("b", "k2", null, "abc", MODIFIED),
                        AssetId.of("b", "k", null, "abd", MODIFIED),
                        AssetId.of("b", "k", null, "abc", MODIFIED.plusSeconds(1)),
                        AssetId.of("b", "k", "v1", "abc", MODIFIED),
                        AssetId.of("b", "k", "v2", "abc", MODIFIED)))
                .hasSize(6);
    }

    @Test
    void in_a_versioned_bucket_only_the_version_counts() {
        assertThat(AssetId.of("b", "k", "v1", "abc", MODIFIED))
                .isEqualTo(AssetId.of("b", "k", "v1", "other", MODIFIED.plusSeconds(9)));
    }

    @Test
    void the_version_null_of_a_suspended_bucket_is_no_version() {
        assertThat(AssetId.of("b", "k", "null", "abc", MODIFIED))
                .isEqualTo(AssetId.of("b", "k", null, "abc", MODIFIED));
    }
}
