package dev.caravan.subtitle;

import dev.caravan.media.Result;

/** Where a frame differs from an even grey by more than coding noise: the rectangle around it, both ends within it. */
record Difference(int left, int top, int right, int bottom, int reddest) {
    private static final int NOISE = 24;

    static Difference from(int grey, Result.Frame frame) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = -1;
        int bottom = -1;
        int reddest = 0;
        int height = frame.rgb().length / 3 / frame.width();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < frame.width(); x++) {
                reddest = Math.max(reddest, frame.red(x, y) - frame.component(x, y, 2));
                if (Math.abs(frame.brightness(x, y) - grey) > NOISE || Math.abs(frame.red(x, y) - grey) > NOISE) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return new Difference(left, top, right, bottom, reddest);
    }

    boolean isNone() {
        return right < 0;
    }

    int width() {
        return right - left + 1;
    }

    int height() {
        return bottom - top + 1;
    }

    int middle() {
        return (left + right) / 2;
    }
}
