package dev.caravan.failure;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashSet;
import java.util.Set;

/**
 * Describes an exception in words. Many exceptions of the JDK have a bare path, host or class for a message; here each is a
 * sentence that says what was refused, to which user, and what to do.
 */
public final class ExceptionText {
    private ExceptionText() {}

    /** Describes Caravan's own innermost exception, which knows best, or else the innermost one. */
    public static String of(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        Throwable best = failure;
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("dev.caravan.") && cause.getMessage() != null) {
                return cause.getMessage();
            }
            best = cause;
        }
        return sentence(best);
    }

    /** Describes this exception alone. */
    static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException trouble && trouble.getFile() != null) {
            return ofFile(trouble);
        } else if (failure instanceof UnknownHostException) {
            return "The host %s cannot be found. Check its name, and that this machine reaches a DNS server"
                    .formatted(failure.getMessage());
        } else if (failure instanceof ClassNotFoundException || failure instanceof NoClassDefFoundError) {
            return "The class %s is missing: this build is not whole. Build it again"
                    .formatted(String.valueOf(failure.getMessage()).replace('/', '.'));
        } else if (failure instanceof OutOfMemoryError) {
            return "Java's memory is used up (%s). Give it more with JAVA_TOOL_OPTIONS=-Xmx2g"
                    .formatted(failure.getMessage());
        }
        return words(failure);
    }

    private static String ofFile(FileSystemException trouble) {
        String file = trouble.getFile();
        if (trouble instanceof AccessDeniedException) {
            String user = System.getProperty("user.name");
            return "%s may not be read or written by the user %s. Give it to %s (chown -R %s %s), or choose another place"
                    .formatted(file, user, user, user, file);
        } else if (trouble instanceof NoSuchFileException) {
            return "%s is not there. Make it, or choose another place".formatted(file);
        } else if (trouble instanceof FileAlreadyExistsException) {
            return "%s is there already, and is no folder. Move it away, or choose another place".formatted(file);
        } else if (trouble instanceof NotDirectoryException) {
            return "%s is no folder. Choose another place".formatted(file);
        } else if (trouble instanceof DirectoryNotEmptyException) {
            return "The folder %s is not empty".formatted(file);
        }
        return trouble.getReason() == null ? file + " cannot be used" : file + ": " + trouble.getReason();
    }

    /** Adds the exception's class to a message of one word, which says too little alone. */
    private static String words(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        String message =
                failure.getMessage() == null ? "" : failure.getMessage().strip();
        if (message.isEmpty()) {
            return "It failed without a word (%s). DEBUG=true shows where".formatted(kind);
        }
        return message.matches("\\S+") ? "%s (%s)".formatted(message, kind) : message;
    }
}
