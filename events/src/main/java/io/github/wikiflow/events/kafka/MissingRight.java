package io.github.wikiflow.events.kafka;

import java.util.Collection;
import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** The line that people read when Kafka refuses something: what, where, and what to grant. */
public final class MissingRight {

    private MissingRight() {}

    /**
     * The line.
     *
     * @param broker as in {@code bootstrap.servers}
     * @param operations what the user may not do
     * @param name of the topic, group or transactional id
     */
    public static String line(
            String broker, Collection<AclOperation> operations, ResourceType type, String name) {
        String rights =
                String.join(
                        " and ",
                        operations.stream()
                                .map(operation -> words(operation.name()))
                                .sorted()
                                .toList());
        return "Kafka at %s does not allow this user %s on %s %s; grant it, see docs/security.md"
                .formatted(broker, rights, words(type.name()), name);
    }

    /** As {@code kafka-acls.sh} and its manual write it, such as DescribeConfigs. */
    private static String words(String constant) {
        StringBuilder words = new StringBuilder();
        for (String word : constant.split("_")) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }
}
