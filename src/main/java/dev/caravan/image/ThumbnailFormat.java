package dev.caravan.image;

/**
 * One of the formats that thumbnails are made in.
 *
 * @param type type of the derivative
 * @param box pixels that it fits into, or covers
 * @param cover whether it covers the box and is cropped to it
 */
record ThumbnailFormat(String type, PictureSize box, boolean cover) {
    static final String LARGE = "large";
    static final String MEDIUM = "medium";
    static final String THUMBNAIL = "thumbnail";

    /** Returns the size of the whole picture after it is scaled for this format. */
    PictureSize scaled(PictureSize picture) {
        return cover ? picture.covering(box) : picture.inside(box);
    }

    /** Returns the size that this format makes of a picture. */
    PictureSize of(PictureSize picture) {
        return cover ? scaled(picture).within(box) : scaled(picture);
    }
}
