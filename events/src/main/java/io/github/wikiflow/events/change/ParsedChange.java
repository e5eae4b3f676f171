package io.github.wikiflow.events.change;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a {@link WikiChange}, each copied from its objects. */
final class ParsedChange implements ChangeValues {

    private final long timestamp;
    private final Map<ChangeField, Object> values = new EnumMap<>(ChangeField.class);

    ParsedChange(WikiChange change) {
        timestamp = change.timestamp();
        for (ChangeField field : ChangeField.values()) {
            Object value = field.of(change);
            if (value instanceof String text) {
                values.put(field, text.getBytes(StandardCharsets.UTF_8));
            } else if (value != null) {
                values.put(field, value);
            }
        }
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public boolean has(ChangeField field) {
        return values.containsKey(field);
    }

    @Override
    public @Nullable Utf8 text(ChangeField field) {
        return Utf8.ofNullable((byte[]) values.get(field));
    }

    @Override
    public int textLength(ChangeField field) {
        return ((byte[]) present(field)).length;
    }

    @Override
    public void copyText(ChangeField field, byte[] target, int offset) {
        byte[] utf8 = (byte[]) present(field);
        System.arraycopy(utf8, 0, target, offset, utf8.length);
    }

    @Override
    public long number(ChangeField field) {
        return ((Number) present(field)).longValue();
    }

    @Override
    public boolean isTrue(ChangeField field) {
        return (Boolean) present(field);
    }

    /** The value of a field whose value is asked for, which must have one. */
    private Object present(ChangeField field) {
        return Objects.requireNonNull(values.get(field), field::name);
    }
}
