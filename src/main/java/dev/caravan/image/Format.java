package dev.caravan.image;

/**
 * One of the sizes in which pictures are wanted.
 *
 * @param type of the derivative
 * @param box pixels that it fits into, or covers
 * @param cover whether it covers the box and is cropped to it
 */
record Format(String type, Size box, boolean cover) {
    static final String LARGE = "large";
    static final String MEDIUM = "medium";
    static final String THUMBNAIL = "thumbnail";

    /** The size of a whole picture on its way to this format. */
    Size scaled(Size picture) {
        return cover ? picture.covering(box) : picture.inside(box);
    }

    /** The size that this format makes of a picture. */
    Size of(Size picture) {
        return cover ? scaled(picture).within(box) : scaled(picture);
    }
}
