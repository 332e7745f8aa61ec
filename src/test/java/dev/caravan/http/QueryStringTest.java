package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryStringTest {

    @Test
    void parameters_are_decoded() {
        QueryString query = QueryString.parse("a=1&b=x%20y+z&c=&d&e=a=b&&");
        assertThat(query.find("a")).contains("1");
        assertThat(query.find("b")).contains("x y z");
        assertThat(query.find("c")).isEmpty();
        assertThat(query.find("d")).isEmpty();
        assertThat(query.find("e")).contains("a=b");
        assertThat(QueryString.parse(null).find("a")).isEmpty();
    }

    @Test
    void what_cannot_be_decoded_or_comes_twice_is_refused() {
        assertThatThrownBy(() -> QueryString.parse("a=%zz")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> QueryString.parse("a=1&a=2")).isInstanceOf(ProblemException.class);
    }
}
