package dev.caravan.media;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What standards say of colours, in numbers: SMPTE ST 2084 (PQ), ITU-R BT.2020 and BT.709 (primaries, matrix), BT.1886 (the
 * gamma of screens), BT.2087 (from one to the other), and the curve that John Hable published for film-like highlights.
 */
final class Reference {
    /** The light of white on a screen of standard range, cd/m2. */
    private static final double WHITE = 100;
    /** The brightest that a picture is taken to hold where it does not say; BT.2100's reference screen. */
    private static final double PEAK = 1000;

    private static final double GAMMA = 2.4;

    /** BT.2087, annex 2, the other way round: of linear light with BT.709's primaries into BT.2020's. */
    private static final double[][] WIDER = {
        {0.6274, 0.3293, 0.0433},
        {0.0691, 0.9195, 0.0114},
        {0.0164, 0.0880, 0.8956}
    };

    private Reference() {}

    static double[] wide(double[] light) {
        return Arrays.stream(WIDER)
                .mapToDouble(row -> row[0] * light[0] + row[1] * light[1] + row[2] * light[2])
                .toArray();
    }

    /** Light in cd/m2 as PQ's signal, 0 to 1. */
    static double[] pq(double[] light) {
        return each(light, candela -> {
            double power = Math.pow(candela / 10_000, 2610 / 16_384.0);
            double up = 3424 / 4096.0 + 2413 / 128.0 * power;
            return Math.pow(up / (1 + 2392 / 128.0 * power), 2523 / 32.0);
        });
    }

    static double[] gamma(double[] light) {
        return each(light, value -> Math.pow(value, 1 / GAMMA));
    }

    static double[] degamma(double[] signal) {
        return each(signal, value -> Math.pow(value, GAMMA));
    }

    /** Light in cd/m2 as the signal of standard range, 0 to 1: the largest component by the curve, others in proportion. */
    static double[] toneMapped(double[] light) {
        double most = Arrays.stream(light).max().orElseThrow();
        double scale = hable(most / WHITE) / hable(PEAK / WHITE) / most;
        return gamma(each(light, value -> value * scale));
    }

    private static double hable(double x) {
        double a = 0.15;
        double b = 0.50;
        double c = 0.10;
        double d = 0.20;
        double e = 0.02;
        double f = 0.30;
        return (x * (x * a + b * c) + d * e) / (x * (x * a + b) + d * f) - e / f;
    }

    /** R'G'B' as Y'CbCr of BT.2020, ten bits in limited range. */
    static int[] tenBits(double[] signal) {
        double y = 0.2627 * signal[0] + 0.6780 * signal[1] + 0.0593 * signal[2];
        double cb = (signal[2] - y) / 1.8814;
        double cr = (signal[0] - y) / 1.4746;
        return new int[] {
            (int) Math.round(4 * (219 * y + 16)),
            (int) Math.round(4 * (224 * cb + 128)),
            (int) Math.round(4 * (224 * cr + 128))
        };
    }

    private static double[] each(double[] values, DoubleUnaryOperator change) {
        return Arrays.stream(values).map(change).toArray();
    }
}
