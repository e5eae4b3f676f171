package io.github.wikiflow.sandbox.kafka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which also remembers what it has allowed, so that one sees which rights a
 * client really uses. That a client has asked which rights it has is not remembered.
 *
 * <p>Public, since Kafka makes it by its name. Thread-safe.
 */
public final class RecordingAuthorizer extends StandardAuthorizer {

    /**
     * A right that was used.
     *
     * @param user by whom
     * @param name of the topic, group or transactional id
     */
    public record Use(String user, AclOperation operation, ResourceType resource, String name) {}

    /** Of all brokers in this process: Kafka gives nobody the authorizers that it makes. */
    private static final Set<Use> USES = ConcurrentHashMap.newKeySet();

    /** Made by Kafka. */
    public RecordingAuthorizer() {}

    @Override
    public List<AuthorizationResult> authorize(
            AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            // Kafka logs what is done, and not what is asked about.
            if (results.get(i) == AuthorizationResult.ALLOWED && action.logIfAllowed()) {
                USES.add(
                        new Use(
                                context.principal().getName(),
                                action.operation(),
                                action.resourcePattern().resourceType(),
                                action.resourcePattern().name()));
            }
        }
        return results;
    }

    static Set<Use> uses() {
        return Set.copyOf(USES);
    }
}
