package dev.caravan.ops;

/**
 * A notice: something that an operator should know although it works.
 *
 * @param word the subject in one or two words
 * @param remark what the operator should know
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
