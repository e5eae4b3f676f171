package io.github.wikiflow.faults;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of faults as reports name it. */
final class FaultKindConverter implements ITypeConverter<FaultKind>, Iterable<String> {

    @Override
    public FaultKind convert(String label) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is none of %s"
                                                .formatted(label, String.join(", ", this))));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(FaultKind.values()).map(FaultKind::label).iterator();
    }
}
