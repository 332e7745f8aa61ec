package dev.caravan.image;

/** The width and height of a picture in pixels. */
record PictureSize(int width, int height) {

    /** Returns this size reduced to fit inside {@code box}, never enlarged. */
    PictureSize inside(PictureSize box) {
        return scaled(Math.min(1, Math.min(box.width / (double) width, box.height / (double) height)));
    }

    /** Returns this size reduced to cover {@code box} as far as it can without being enlarged. */
    PictureSize covering(PictureSize box) {
        return scaled(Math.min(1, Math.max(box.width / (double) width, box.height / (double) height)));
    }

    /** Returns the part of this size that {@code box} shows. */
    PictureSize within(PictureSize box) {
        return new PictureSize(Math.min(width, box.width), Math.min(height, box.height));
    }

    /** Tells whether {@code smaller} can be made from this picture as well as from its original. */
    boolean serves(PictureSize smaller, double reserve) {
        return width >= smaller.width * reserve && height >= smaller.height * reserve;
    }

    /** Tells whether the sizes are equal except for rounding, which differs between programs. */
    boolean near(PictureSize other) {
        return Math.abs(width - other.width) <= 1 && Math.abs(height - other.height) <= 1;
    }

    private PictureSize scaled(double factor) {
        return new PictureSize(
                (int) Math.max(1, Math.round(width * factor)), (int) Math.max(1, Math.round(height * factor)));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
