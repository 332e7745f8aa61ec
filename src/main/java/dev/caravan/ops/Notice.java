package dev.caravan.ops;

/**
 * Something that a person should know although it works.
 *
 * @param word for it in one word or two
 * @param remark what they should know
 */
record Notice(String name, String word, String remark) implements Check {
    @Override
    public Finding look() {
        return Finding.remark(word, remark, null);
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.remark(word, why, null);
    }
}
