package io.github.wikiflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    private static final int PORTS = 500;

    @Test
    void givesNoPortTwiceEvenIfNobodyUsesItYet() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < PORTS; i++) {
            ports.add(FreePort.find());
        }
        assertThat(ports).hasSize(PORTS);
    }

    @Test
    void givesPortsThatNoConnectionGetsByItself() {
        for (int i = 0; i < PORTS; i++) {
            assertThat(FreePort.find()).isBetween(1024, 32_767);
        }
    }

    @Test
    void givesPortsThatCanBeListenedOn() throws IOException {
        int port = FreePort.find();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
