package io.github.wikiflow.bridge.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.UsageException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {

    @Test
    void areTheirSchemes() {
        EnvironmentProxies proxies =
                EnvironmentProxies.of(
                        Map.of(
                                "HTTPS_PROXY", "http://a:b%40c@secure:3128/",
                                "http_proxy", "plain",
                                "HTTP_PROXY", "http://overruled:1"));
        Proxy secure = proxies.select(URI.create("https://example.org/")).get(0);
        assertThat(secure.address()).isEqualTo(InetSocketAddress.createUnresolved("secure", 3128));
        assertThat(proxies.authorization(secure)).isEqualTo("Basic YTpiQGM=");
        Proxy plain = proxies.select(URI.create("http://example.org/")).get(0);
        assertThat(plain.address()).isEqualTo(InetSocketAddress.createUnresolved("plain", 80));
        assertThat(proxies.authorization(plain)).isNull();
        assertThat(
                        EnvironmentProxies.of(Map.of("https_proxy", ""))
                                .select(URI.create("https://a/")))
                .containsExactly(Proxy.NO_PROXY);
        assertThat(EnvironmentProxies.NONE.select(URI.create("https://a/")))
                .containsExactly(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "https://wikimedia.org/, true",
        "https://stream.WIKIMEDIA.org/, true",
        "https://notwikimedia.org/, false",
        "https://sub.example.org/, true",
        "https://example.org/, true",
        "https://10.0.0.1/, true",
        "https://10.0.0.11/, false",
        "https://host.test:8443/, true",
        "https://host.test/, false",
        "https://localhost:8083/, true",
        "https://127.0.0.1:8083/, true",
        "https://127.0.0.1.example.com/, false",
        "https://[::1]:8083/, true",
        "https://elsewhere.org/, false"
    })
    void areNotUsedForHostsThatAreReachedWithout(String uri, boolean direct) {
        EnvironmentProxies proxies =
                EnvironmentProxies.of(
                        Map.of(
                                "https_proxy", "http://proxy:3128",
                                "NO_PROXY", "wikimedia.org, .example.org,10.0.0.1 host.test:8443"));
        assertThat(proxies.select(URI.create(uri)).contains(Proxy.NO_PROXY)).isEqualTo(direct);
        assertThat(
                        EnvironmentProxies.of(
                                        Map.of("https_proxy", "http://proxy", "no_proxy", "*"))
                                .select(URI.create(uri)))
                .containsExactly(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://u:secret@proxy:1080",
                "https://u:secret@proxy",
                "http://u:sec ret@proxy",
                "http://"
            })
    void areSaidToBeWrongWithoutTheirPassword(String value) {
        assertThatThrownBy(() -> EnvironmentProxies.of(Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("HTTPS_PROXY is no address of an HTTP proxy; write it such")
                .hasMessageNotContainingAny("secret", "sec ret");
    }
}
