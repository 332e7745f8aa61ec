package dev.caravan.fetch;

import java.util.Arrays;

/** A block of addresses of one family, {@code 10.0.0.0/8}; one address is a block of its own (RFC 4632, RFC 4291). */
record Cidr(byte[] network, int bits) {

    /** @throws IllegalArgumentException when the text is neither an address nor a block, or has bits beyond its prefix */
    static Cidr of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] network = AddressLiteral.of(address)
                .orElseThrow(() -> new IllegalArgumentException(text + " is no IP address and no block of them"))
                .getAddress();
        int longest = network.length * Byte.SIZE;
        int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > longest) {
            throw new IllegalArgumentException(text + " has a prefix beyond its " + longest + " bits");
        }
        Cidr block = new Cidr(network, bits);
        if (!Arrays.equals(network, block.masked(network))) {
            throw new IllegalArgumentException(text + " has bits set beyond its prefix");
        }
        return block;
    }

    boolean contains(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address), network);
    }

    private byte[] masked(byte[] address) {
        byte[] masked = new byte[address.length];
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int index = bit / Byte.SIZE;
            int kept = Math.min(Byte.SIZE, bits - bit);
            masked[index] = (byte) (address[index] & (0xFF << (Byte.SIZE - kept)));
        }
        return masked;
    }
}
