package io.github.wikiflow.events.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ListenAddressConverterTest {

    private final ListenAddressConverter converter = new ListenAddressConverter();

    @Test
    void readsHostAndPort() {
        assertThat(converter.convert("127.0.0.1:8080"))
                .isEqualTo(new InetSocketAddress("127.0.0.1", 8080));
        assertThat(converter.convert(" localhost:0 "))
                .isEqualTo(new InetSocketAddress("localhost", 0));
        assertThat(converter.convert("[::1]:65535")).isEqualTo(new InetSocketAddress("::1", 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":8080", "localhost", "localhost:", "::1:80", "a:65536"})
    void saysWhatIsWrong(String value) {
        assertThatThrownBy(() -> converter.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage(
                        "'%s' is not HOST:PORT; write it such as 127.0.0.1:8080".formatted(value));
    }

    @Test
    void refusesAHostThatNobodyKnows() {
        assertThatThrownBy(() -> converter.convert("no-such-host.invalid:80"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("no-such-host.invalid:80");
    }
}
