package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockLintTest {
    @Test
    void a_default_that_its_own_schema_refuses_is_named() {
        assertThat(BlockLint.problems("values", "values", "to: {type: number, maximum: 5, default: 9}"))
                .containsExactly("the default of to is 9; it must be a number to 5");
    }

    @Test
    void values_that_are_none_are_named() {
        assertThat(BlockLint.problems("values", "values", "From: 1"))
                .singleElement()
                .asString()
                .contains("'From' is no name of a value");
        assertThat(BlockLint.problems("values", "values", "a: 1\nb: {type: string}\n"))
                .isEmpty();
    }

    @Test
    void an_input_needs_a_name_and_a_uri() {
        assertThat(BlockLint.problems("inputs", "inputs", "logo=file:a.png\n# none\nhttps://a/b\nx=/etc/passwd"))
                .containsExactly(
                        "inputs: 'https://a/b' is no input. Write name=URI, with https:, asset:, s3: or file:",
                        "inputs: 'x=/etc/passwd' is no input. Write name=URI, with https:, asset:, s3: or file:");
    }

    @Test
    void other_texts_are_not_judged_here() {
        assertThat(BlockLint.problems("block", "filter", "hue=s=0")).isEmpty();
    }
}
