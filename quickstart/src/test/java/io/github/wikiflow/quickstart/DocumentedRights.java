package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.sandbox.kafka.RecordingAuthorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of {@code docs/security.md} that says what each process may do in Kafka. */
final class DocumentedRights {

    /** {@code | process | Topic | `name` | Read, Write |}; a name that ends in * is a prefix. */
    private static final Pattern ROW =
            Pattern.compile(
                    "\\| ([a-z-]+) \\| (Topic|Group|TransactionalId) \\| `([^`*]+)(\\*?)` \\| ([A-Za-z, ]+) \\|");

    private DocumentedRights() {}

    /** One right: the least that can be granted. */
    record Right(String process, AclOperation operation, ResourcePattern resource) {

        /** The right as an ACL for this user. */
        AclBinding binding(String user) {
            return new AclBinding(
                    resource,
                    new AccessControlEntry(
                            "User:" + user, "*", operation, AclPermissionType.ALLOW));
        }

        /**
         * Matches what the process says when it lacks the right. A user who may not even describe a
         * topic is told of the process's other rights on it too, since the broker keeps silent.
         */
        String line(String broker) {
            return "Kafka at %s does not allow this user [A-Za-z ]*\\b%s\\b[A-Za-z ]* on %s %s; grant it, see docs/security.md"
                    .formatted(
                            Pattern.quote(broker),
                            words(operation.name()),
                            words(resource.resourceType().name()),
                            Pattern.quote(
                                    resource.patternType() == PatternType.PREFIXED
                                            ? resource.name() + "*"
                                            : resource.name()));
        }

        /** Whether this use by this user needs the right. */
        boolean isUsed(RecordingAuthorizer.Use use, String user) {
            return use.user().equals(user)
                    && use.operation() == operation
                    && use.resource() == resource.resourceType()
                    && (resource.patternType() == PatternType.PREFIXED
                            ? use.name().startsWith(resource.name())
                            : use.name().equals(resource.name()));
        }

        @Override
        public String toString() {
            return "%s: %s on %s %s"
                    .formatted(process, operation, resource.resourceType(), resource.name());
        }
    }

    static List<Right> read(Path page) throws IOException {
        List<Right> rights = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                ResourcePattern resource =
                        new ResourcePattern(
                                ResourceType.fromString(constant(row.group(2))),
                                row.group(3),
                                row.group(4).isEmpty()
                                        ? PatternType.LITERAL
                                        : PatternType.PREFIXED);
                for (String operation : row.group(5).split(", ")) {
                    rights.add(
                            new Right(
                                    row.group(1),
                                    AclOperation.fromString(constant(operation)),
                                    resource));
                }
            }
        }
        assertThat(rights).as("rights in %s", page).isNotEmpty();
        return rights;
    }

    /** As in the page: DESCRIBE_CONFIGS is DescribeConfigs. */
    private static String words(String constant) {
        return Stream.of(constant.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** As in Kafka's enums: DescribeConfigs is DESCRIBE_CONFIGS. */
    private static String constant(String words) {
        return words.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    }
}
