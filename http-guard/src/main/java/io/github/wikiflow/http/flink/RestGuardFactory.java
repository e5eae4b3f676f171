package io.github.wikiflow.http.flink;

import io.github.wikiflow.http.RequestPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPipeline;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpServerCodec;
import org.apache.flink.util.ConfigurationException;

/**
 * Puts a {@link RestGuard} before all that Flink's REST API and web UI do. Flink finds this class
 * by the {@link java.util.ServiceLoader} on the class path of the JobManager, which is its {@code
 * lib/} folder and not its plugins.
 */
public final class RestGuardFactory implements InboundChannelHandlerFactory {

    /** In Flink's configuration; {@code rest.address} is always allowed. */
    public static final ConfigOption<List<String>> ALLOWED_HOSTS =
            ConfigOptions.key("wikiflow.rest.allowed-hosts")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Names by which the REST API and the web UI may be asked for, beside this machine's own.");

    /** How long a connection may take to send the head of its next request. */
    private static final Duration LONGEST_HEAD = Duration.ofSeconds(60);

    /**
     * How long all the rest may take: uploads, and Flink's own limit of ten minutes for an answer.
     */
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(20);

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<ChannelHandler> createHandler(
            Configuration configuration, Map<String, String> responseHeaders)
            throws ConfigurationException {
        RequestPolicy policy = policy(configuration);
        return Optional.of(new Placement(new RestGuard(policy, LONGEST_HEAD, LONGEST_EXCHANGE)));
    }

    private static RequestPolicy policy(Configuration configuration) throws ConfigurationException {
        List<String> names = new ArrayList<>(configuration.get(ALLOWED_HOSTS));
        String address = configuration.get(RestOptions.ADDRESS);
        if (address != null) {
            names.add(address.contains(":") ? "[" + address + "]" : address);
        }
        try {
            return new RequestPolicy(ALLOWED_HOSTS.key(), names);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    /**
     * Flink adds handlers behind the one that writes uploads to the disk; this one has the guard
     * stand before that, right behind the codec, and goes.
     */
    private static final class Placement extends ChannelHandlerAdapter {

        private final RestGuard guard;

        Placement(RestGuard guard) {
            this.guard = guard;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ChannelPipeline pipeline = ctx.pipeline();
            pipeline.addAfter(pipeline.context(HttpServerCodec.class).name(), null, guard);
            pipeline.remove(this);
        }
    }
}
