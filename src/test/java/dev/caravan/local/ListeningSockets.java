package dev.caravan.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process and its children listen on, as Linux tells in {@code /proc}. */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final String MAPPED_LOOPBACK = "0000000000000000FFFF00000100007F";

    private ListeningSockets() {}

    /** Addresses such as {@code 127.0.0.1:9000}. */
    static List<String> of(ProcessHandle process) throws IOException {
        Set<String> inodes = Stream.concat(Stream.of(process), process.descendants())
                .flatMap(member -> socketsOf(member.pid()))
                .collect(Collectors.toSet());
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(ListeningSockets::lines)
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns[3].equals(LISTEN) && inodes.contains("socket:[" + columns[9] + "]"))
                .map(columns -> readable(columns[1]))
                .toList();
    }

    private static Stream<String> socketsOf(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.map(ListeningSockets::target).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readable(String address) {
        String[] parts = address.split(":");
        int port = Integer.parseInt(parts[1], 16);
        boolean loopback = parts[0].equals("0100007F") || parts[0].equals(MAPPED_LOOPBACK);
        return (loopback ? "127.0.0.1" : parts[0]) + ":" + port;
    }
}
