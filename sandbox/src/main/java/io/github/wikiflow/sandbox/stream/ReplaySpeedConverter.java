package io.github.wikiflow.sandbox.stream;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how much faster than recorded a replay is: a positive number, or {@code max}. */
final class ReplaySpeedConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String value) {
        if (value.equalsIgnoreCase("max")) {
            return ReplayLog.AT_ONCE;
        }
        try {
            double speed = Double.parseDouble(value);
            if (speed > 0 && Double.isFinite(speed)) {
                return speed;
            }
        } catch (NumberFormatException e) {
            throw notASpeed(value);
        }
        throw notASpeed(value);
    }

    private static TypeConversionException notASpeed(String value) {
        return new TypeConversionException(
                "'" + value + "' is not a speed; write a positive number such as 10, or max");
    }
}
