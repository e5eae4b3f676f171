package io.github.wikiflow.dashboard.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private final Seats seats = new Seats(4, 2);

    @Test
    void oneAddressDoesNotGetAllSeats() throws Exception {
        assertThat(take("10.0.0.1")).isTrue();
        assertThat(take("10.0.0.1")).isTrue();
        assertThat(take("10.0.0.1")).isFalse();
        assertThat(take("10.0.0.2")).isTrue();
        seats.leave(InetAddress.getByName("10.0.0.1"));
        assertThat(take("10.0.0.1")).isTrue();
        assertThat(take("10.0.0.1")).isFalse();
    }

    @Test
    void thereAreNoMoreThanAllSeats() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(take("10.0.0." + i)).isTrue();
        }
        assertThat(take("10.0.0.9")).isFalse();
        seats.leave(InetAddress.getByName("10.0.0.0"));
        assertThat(take("10.0.0.9")).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOne() throws Exception {
        assertThat(take("2001:db8:0:1::1")).isTrue();
        assertThat(take("2001:db8:0:1:ffff::1")).isTrue();
        assertThat(take("2001:db8:0:1::2")).isFalse();
        assertThat(take("2001:db8:0:2::1")).isTrue();
    }

    private boolean take(String client) throws Exception {
        return seats.take(InetAddress.getByName(client));
    }
}
