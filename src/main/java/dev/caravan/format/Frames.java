package dev.caravan.format;

/**
 * Recognises streams of frames that state their length, so that each leads to the next. A chain of several whose constant
 * fields agree is not a coincidence.
 *
 * <p>Sources: ISO/IEC 11172-3 and 13818-3 (MPEG audio), ISO/IEC 13818-7 and 14496-3 (ADTS, LOAS), ETSI TS 102 366 (AC-3).
 */
enum Frames {
    MPEG_AUDIO {
        @Override
        int length(byte[] data, int at) {
            int version = data[at + 1] >> 3 & 3;
            int layer = 4 - (data[at + 1] >> 1 & 3);
            int rateIndex = data[at + 2] >> 2 & 3;
            int bitRateIndex = data[at + 2] >> 4 & 15;
            boolean sync = (data[at] & 0xFF) == 0xFF && (data[at + 1] & 0xE0) == 0xE0;
            if (!sync || version == 1 || layer == 4 || rateIndex == 3 || bitRateIndex == 0 || bitRateIndex == 15) {
                return 0;
            }
            int rate = SAMPLE_RATES[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
            int bitRate = 1000 * BIT_RATES[version == 3 ? layer - 1 : layer == 1 ? 3 : 4][bitRateIndex - 1];
            int padding = data[at + 2] >> 1 & 1;
            if (layer == 1) {
                return (12 * bitRate / rate + padding) * 4;
            }
            return (layer == 3 && version != 3 ? 72 : 144) * bitRate / rate + padding;
        }

        /** Version, layer and sampling rate. */
        @Override
        int constant(byte[] data, int at) {
            return (data[at + 1] & 0xFE) << 8 | data[at + 2] & 0x0C;
        }
    },
    ADTS {
        @Override
        int length(byte[] data, int at) {
            boolean sync = (data[at] & 0xFF) == 0xFF && (data[at + 1] & 0xF6) == 0xF0;
            boolean rate = (data[at + 2] >> 2 & 15) < 13;
            int length = (data[at + 3] & 3) << 11 | (data[at + 4] & 0xFF) << 3 | data[at + 5] >> 5 & 7;
            return sync && rate && length > 7 ? length : 0;
        }

        /** Profile, sampling rate and channels. */
        @Override
        int constant(byte[] data, int at) {
            return (data[at + 2] & 0xFD) << 8 | data[at + 3] & 0xC0;
        }
    },
    LOAS {
        @Override
        int length(byte[] data, int at) {
            boolean sync = data[at] == 0x56 && (data[at + 1] & 0xE0) == 0xE0;
            int length = (data[at + 1] & 0x1F) << 8 | data[at + 2] & 0xFF;
            return sync && length > 0 ? length + 3 : 0;
        }

        @Override
        int constant(byte[] data, int at) {
            return 0;
        }
    },
    AC3 {
        @Override
        int length(byte[] data, int at) {
            int rate = data[at + 4] >> 6 & 3;
            int code = data[at + 4] & 0x3F;
            boolean sync = data[at] == 0x0B && data[at + 1] == 0x77 && (data[at + 5] & 0xFF) >> 3 <= 10;
            if (!sync || rate == 3 || code >= 2 * AC3_BIT_RATES.length) {
                return 0;
            }
            int bitRate = AC3_BIT_RATES[code >> 1];
            return rate == 0 ? bitRate * 4 : rate == 2 ? bitRate * 6 : 2 * (bitRate * 320 / 147 + (code & 1));
        }

        /** Sampling rate and identification. */
        @Override
        int constant(byte[] data, int at) {
            return (data[at + 4] & 0xC0) << 8 | data[at + 5] & 0xF8;
        }
    },
    EAC3 {
        @Override
        int length(byte[] data, int at) {
            int identification = (data[at + 5] & 0xFF) >> 3;
            boolean sync = data[at] == 0x0B && data[at + 1] == 0x77 && identification > 10 && identification <= 16;
            return sync ? (((data[at + 2] & 7) << 8 | data[at + 3] & 0xFF) + 1) * 2 : 0;
        }

        @Override
        int constant(byte[] data, int at) {
            return data[at + 5] & 0xF8;
        }
    };

    /** Bytes of a header that are read. */
    static final int HEADER = 6;

    private static final int[] SAMPLE_RATES = {44100, 48000, 32000};
    /** Version 1: layers I, II, III; versions 2 and 2.5: layer I, the others. In kbit/s. */
    private static final int[][] BIT_RATES = {
        {32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
        {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
    };

    private static final int[] AC3_BIT_RATES = {
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
    };

    /** Returns the length in bytes of the frame whose header is at {@code at}; 0 where there is none. */
    abstract int length(byte[] data, int at);

    /** Returns the bits of a header that are the same in all frames of a stream. */
    abstract int constant(byte[] data, int at);

    /** Returns whether {@code least} frames in a row begin at {@code at}. */
    boolean chain(byte[] data, int at, int least) {
        int next = at;
        for (int frame = 0; frame < least; frame++) {
            if (next + HEADER > data.length || length(data, next) == 0 || constant(data, next) != constant(data, at)) {
                return false;
            }
            next += length(data, next);
        }
        return true;
    }
}
