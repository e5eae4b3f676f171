package io.github.wikiflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPolicyTest {

    private final RequestPolicy policy =
            new RequestPolicy("--allowed-hosts", List.of("wiki.example.org", "JobManager"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:8080",
                "localhost.:8080",
                "127.0.0.1:8080",
                "[::1]:8080",
                "wiki.example.org",
                "jobmanager:8081",
                "10.1.2.3:8080"
            })
    void answersToItsNamesAndToTheAddressThatWasConnectedTo(String host) throws Exception {
        assertThat(status("GET", host, Map.of())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:8080",
                "10.1.2.4",
                "127.0.0.1.evil.example",
                "wiki.example.org.evil.example",
                "localhost@evil.example",
                "localhost:8080:8080",
                "localhost/",
                " localhost",
                "[::2]:8080",
                "[::1",
                "*",
                ""
            })
    void answersToNoOtherName(String host) throws Exception {
        assertThat(status("GET", host, Map.of())).isEqualTo(421);
    }

    @Test
    void aRequestWithoutAHostOrWithTwoIsRefused() throws Exception {
        assertThat(status("GET", List.of(), Map.of())).isEqualTo(421);
        assertThat(status("GET", List.of("localhost", "localhost"), Map.of())).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X"})
    void whatIsNoBrowserOrComesFromItsOwnPageMayDoAnything(String method) throws Exception {
        String host = "localhost:8081";
        assertThat(status(method, host, Map.of())).isZero();
        assertThat(status(method, host, Map.of("Origin", "http://localhost:8081"))).isZero();
        assertThat(status(method, host, Map.of("Origin", "https://LOCALHOST:8081"))).isZero();
        assertThat(status(method, host, Map.of("Sec-Fetch-Site", "same-origin"))).isZero();
        // As when the user has typed the address.
        assertThat(status(method, host, Map.of("Sec-Fetch-Site", "none"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X"})
    void whatIsMarkedAsForeignMayDoNothing(String method) throws Exception {
        for (String origin :
                List.of(
                        "null",
                        "http://evil.example",
                        "http://localhost",
                        "http://localhost:8080",
                        "http://127.0.0.1:8081",
                        "ftp://localhost:8081",
                        "localhost:8081",
                        "")) {
            assertThat(status(method, "localhost:8081", Map.of("Origin", origin)))
                    .as(origin)
                    .isEqualTo(403);
        }
        for (String site : List.of("cross-site", "same-site", "", "Same-Origin", "new")) {
            assertThat(status(method, "localhost:8081", Map.of("Sec-Fetch-Site", site)))
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(
                        status(
                                method,
                                "localhost:8081",
                                Map.of(
                                        "Sec-Fetch-Site",
                                        "same-origin",
                                        "Origin",
                                        "http://evil.example")))
                .isEqualTo(403);
    }

    @Test
    void othersMayLinkToAPage() throws Exception {
        Map<String, String> link =
                Map.of(
                        "Sec-Fetch-Site",
                        "cross-site",
                        "Sec-Fetch-Mode",
                        "navigate",
                        "Sec-Fetch-Dest",
                        "document");
        assertThat(status("GET", "localhost:8080", link)).isZero();
        assertThat(status("POST", "localhost:8080", with(link, "Origin", "null"))).isEqualTo(403);
        assertThat(status("GET", "localhost:8080", with(link, "Sec-Fetch-Dest", "iframe")))
                .isEqualTo(403);
        assertThat(status("GET", "localhost:8080", with(link, "Sec-Fetch-Dest", "image")))
                .isEqualTo(403);
        assertThat(status("GET", "localhost:8080", with(link, "Upgrade", "websocket")))
                .isEqualTo(403);
        assertThat(status("GET", "evil.example", link)).isEqualTo(421);
    }

    @Test
    void theAnswersNameTheRemedyAndNothingOfTheRequest() throws Exception {
        Refusal refusal = refuse("GET", List.of("<script>"), Map.of());
        assertThat(refusal.reason())
                .isEqualTo(
                        "this server does not answer to that host; --allowed-hosts can allow it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://wiki.example.org",
                "wiki.example.org:443",
                "a/b",
                "*",
                "",
                "-x",
                "x."
            })
    void whatIsNoHostCannotBeAllowed(String name) {
        assertThatThrownBy(() -> new RequestPolicy("--allowed-hosts", List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--allowed-hosts: '" + name + "' is not a host");
    }

    private static Map<String, String> with(
            Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new TreeMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    private int status(String method, String host, Map<String, String> headers) throws Exception {
        return status(method, List.of(host), headers);
    }

    /** The status of the refusal; 0 if the request may be served. */
    private int status(String method, List<String> hosts, Map<String, String> headers)
            throws Exception {
        Refusal refusal = refuse(method, hosts, headers);
        return refusal == null ? 0 : refusal.status();
    }

    private Refusal refuse(String method, List<String> hosts, Map<String, String> headers)
            throws Exception {
        Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> lines.put(name, new ArrayList<>(List.of(value))));
        lines.put("Host", hosts);
        return policy.refusal(
                        method,
                        name -> lines.getOrDefault(name, List.of()),
                        InetAddress.getByName("10.1.2.3"))
                .orElse(null);
    }
}
