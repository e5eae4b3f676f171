package io.github.wikiflow.events.change;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

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
    public Utf8 text(ChangeField field) {
        return Utf8.of(utf8(field));
    }

    @Override
    public int textLength(ChangeField field) {
        return utf8(field).length;
    }

    @Override
    public void copyText(ChangeField field, byte[] target, int offset) {
        byte[] utf8 = utf8(field);
        System.arraycopy(utf8, 0, target, offset, utf8.length);
    }

    @Override
    public long number(ChangeField field) {
        return ((Number) values.get(field)).longValue();
    }

    @Override
    public boolean isTrue(ChangeField field) {
        return (Boolean) values.get(field);
    }

    private byte[] utf8(ChangeField field) {
        return (byte[]) values.get(field);
    }
}
