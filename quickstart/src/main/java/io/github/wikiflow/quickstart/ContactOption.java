package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whom Wikimedia can reach about this client of its stream: as the option names it, or as it was
 * named once before and is kept in the data folder.
 */
final class ContactOption {

    /** In the folder for the data of every kind, since it is the same for all of them. */
    static final String FILE = "contact.properties";

    private static final String CONTACT = "contact";

    /** Parentheses would end the part of the User-Agent that it stands in. */
    private static final Pattern MAIL_OR_PAGE =
            Pattern.compile("(https?://[\\x21-\\x7E&&[^()]]+|[\\x21-\\x7E&&[^()@]]+@[\\w.-]+)");

    private static final String REMEDY =
            "give a mail address or the address of a page, such as --contact me@my.domain";

    @Option(
            names = "--contact",
            paramLabel = "MAIL|URL",
            description =
                    "Whom Wikimedia can reach about this client of its live stream; kept in the data folder.")
    private @Nullable String option;

    /**
     * The contact that is known. One that the option names is kept.
     *
     * @param data the folder for the data of every kind
     * @return empty if nobody has ever named one
     * @throws UsageException if the option names none that can be sent
     * @throws OperationException if the folder cannot be read or written
     */
    Optional<String> find(Path data) {
        if (option != null) {
            String contact = valid(option);
            keep(contact, data);
            return Optional.of(contact);
        }
        Path file = data.resolve(FILE);
        try {
            return Optional.ofNullable(PropertiesFile.read(file).getProperty(CONTACT))
                    .map(ContactOption::valid);
        } catch (IOException e) {
            throw new OperationException(
                    "cannot read '%s' (%s); delete it, and %s".formatted(file, e, REMEDY), e);
        }
    }

    /**
     * The contact that is known, or else the one that the user is asked for, which is kept.
     *
     * @param terminal what the user answers; a supplier of null if there is nobody to ask, or no
     *     answer
     * @throws UsageException if nobody names one
     */
    String require(Path data, Supplier<@Nullable String> terminal) {
        return find(data)
                .orElseGet(
                        () -> {
                            String answer = terminal.get();
                            if (answer == null || answer.isBlank()) {
                                throw new UsageException(
                                        "--contact is missing: Wikimedia asks clients of its live stream whom it can reach; "
                                                + REMEDY);
                            }
                            String contact = valid(answer);
                            keep(contact, data);
                            return contact;
                        });
    }

    /** Asks at the terminal; null where there is none. */
    static @Nullable String ask() {
        Console terminal = System.console();
        return terminal == null
                ? null
                : terminal.readLine(
                        "Wikimedia asks clients of its live stream whom it can reach, should they misbehave.%nYour mail address, or a page (kept in the data folder, sent to Wikimedia only): ");
    }

    private static String valid(String contact) {
        String stripped = contact.strip();
        if (!MAIL_OR_PAGE.matcher(stripped).matches()) {
            throw new UsageException(
                    "--contact: '%s' is neither a mail address nor that of a page, in ASCII; %s"
                            .formatted(stripped, REMEDY));
        }
        return stripped;
    }

    private static void keep(String contact, Path data) {
        Path file = data.resolve(FILE);
        try {
            DataFolder.createForThisUser(data);
            Properties properties = PropertiesFile.read(file);
            if (!contact.equals(properties.setProperty(CONTACT, contact))) {
                PropertiesFile.write(
                        file, properties, "Whom Wikimedia can reach about this client");
            }
        } catch (IOException e) {
            throw new OperationException(
                    "cannot write '%s' (%s); choose another folder with --data".formatted(file, e),
                    e);
        }
    }
}
