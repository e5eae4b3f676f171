package io.github.wikiflow.sandbox.generator;

/**
 * Draws ranks by a Zipf-Mandelbrot law: the weight of rank k (from 0) is the integral of {@code
 * x^-skew} over one unit from {@code k + shift}. The integral has a closed inverse, so there is no
 * table and a draw costs one power, whatever the number of ranks.
 */
final class ZipfRanks {

    private final int ranks;
    private final double exponent;
    private final double shift;
    private final double first;
    private final double width;

    /**
     * The law.
     *
     * @param skew at least 0 and not 1
     * @param shift above 0; the greater, the flatter is the head
     */
    ZipfRanks(int ranks, double skew, double shift) {
        this.ranks = ranks;
        this.exponent = 1 - skew;
        this.shift = shift;
        this.first = Math.pow(shift, exponent);
        this.width = Math.pow(ranks + shift, exponent) - first;
    }

    /** The rank at this quantile, from 0 for the most frequent. */
    int at(double quantile) {
        double x = Math.pow(first + quantile * width, 1 / exponent) - shift;
        return Math.max(0, Math.min(ranks - 1, (int) x));
    }

    /** The probability of this rank. */
    double weight(int rank) {
        return (Math.pow(rank + 1 + shift, exponent) - Math.pow(rank + shift, exponent)) / width;
    }
}
