package io.github.wikiflow.events.options;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads where a server listens: {@code 127.0.0.1:8080}, {@code [::1]:8080}, or port 0 for a free
 * one. The host is resolved.
 */
public final class ListenAddressConverter implements ITypeConverter<InetSocketAddress> {

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
            throw new TypeConversionException(
                    "'" + value + "' is not HOST:PORT; write it such as 127.0.0.1:8080");
        }
        InetSocketAddress address =
                new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        if (address.isUnresolved()) {
            throw new TypeConversionException(
                    "the host of '"
                            + value
                            + "' is not known; name one of this machine's addresses");
        }
        return address;
    }
}
