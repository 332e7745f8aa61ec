package dev.caravan.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Denies the system calls that no decoder needs, by a program of seccomp(2) in classic BPF: for new namespaces and mounts,
 * other processes, modules and clocks of the kernel, and its parts with many past faults (io_uring, bpf, userfaultfd, keys).
 * Sockets are of the family AF_UNIX alone. A call that is denied fails with EPERM.
 */
final class SystemCalls {
    /** Names, and numbers on x86_64 (syscall_64.tbl) and on aarch64 (asm-generic/unistd.h); -1 where there is none. */
    private static final String DENIED =
            """
            unshare 272 97, setns 308 268, mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, move_mount 429 429,
            open_tree 428 428, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442,
            open_tree_attr 467 467, statmount 457 457, listmount 458 458,
            ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440, kcmp 312 272,
            pidfd_getfd 438 438, bpf 321 280, keyctl 250 219, add_key 248 217, request_key 249 218, io_uring_setup 425 425,
            io_uring_enter 426 426, io_uring_register 427 427, perf_event_open 298 241, userfaultfd 323 282,
            kexec_load 246 104, kexec_file_load 320 294, init_module 175 105, finit_module 313 273, delete_module 176 106,
            create_module 174 -1, query_module 178 -1, get_kernel_syms 177 -1, reboot 169 142, swapon 167 224, swapoff 168 225,
            syslog 103 116, acct 163 89, settimeofday 164 170, clock_settime 227 112, clock_adjtime 305 266, adjtimex 159 171,
            iopl 172 -1, ioperm 173 -1, modify_ldt 154 -1, uselib 134 -1, _sysctl 156 -1, vhangup 153 58, quotactl 179 60,
            quotactl_fd 443 443, name_to_handle_at 303 264, open_by_handle_at 304 265, lookup_dcookie 212 18,
            fanotify_init 300 262, fanotify_mark 301 263, sethostname 170 161, setdomainname 171 162""";

    private static final int LOAD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_BITS = 0x45;
    private static final int RETURN = 0x06;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET of clone(2). */
    private static final int NAMESPACES = 0x7E020000;

    private static final int AF_UNIX = 1;
    /** x86_64 accepts the numbers of x32 too, from here on. */
    private static final int X32 = 0x40000000;

    private final Machine machine;
    private final List<long[]> program = new ArrayList<>();

    private SystemCalls(Machine machine) {
        this.machine = machine;
    }

    private enum Machine {
        AMD64(0xC000003E, 0, 56, 435, 41, 53),
        AARCH64(0xC00000B7, 1, 220, 435, 198, 199);

        private final int audit;
        private final int column;
        private final int clone;
        private final int clone3;
        private final int socket;
        private final int socketpair;

        Machine(int audit, int column, int clone, int clone3, int socket, int socketpair) {
            this.audit = audit;
            this.column = column;
            this.clone = clone;
            this.clone3 = clone3;
            this.socket = socket;
            this.socketpair = socketpair;
        }

        static Optional<Machine> of(String name) {
            return switch (name) {
                case "amd64", "x86_64" -> Optional.of(AMD64);
                case "aarch64" -> Optional.of(AARCH64);
                default -> Optional.empty();
            };
        }
    }

    /**
     * Writes the program in the format of bwrap(1).
     *
     * @param machine the value of Java's {@code os.arch}
     * @return empty for a machine whose system call numbers are not known here
     */
    static Optional<byte[]> filter(String machine) {
        return Machine.of(machine).map(known -> new SystemCalls(known).bytes());
    }

    private byte[] bytes() {
        add(LOAD, 0, 0, ARCHITECTURE);
        add(JUMP_EQUAL, 1, 0, machine.audit);
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD, 0, 0, NUMBER);
        if (machine == Machine.AMD64) {
            deny(JUMP_AT_LEAST, X32, EPERM);
        }
        for (String call : DENIED.split(",\\s+")) {
            int number = Integer.parseInt(call.strip().split(" ")[1 + machine.column]);
            if (number >= 0) {
                deny(JUMP_EQUAL, number, EPERM);
            }
        }
        // The flags of clone3 are in memory, which a filter cannot read: without it the C library uses clone.
        deny(JUMP_EQUAL, machine.clone3, ENOSYS);
        add(JUMP_EQUAL, 0, 3, machine.clone);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        deny(JUMP_BITS, NAMESPACES, EPERM);
        sockets();
        add(RETURN, 0, 0, ALLOW);
        return assembled();
    }

    private void sockets() {
        add(LOAD, 0, 0, NUMBER);
        add(JUMP_EQUAL, 1, 0, machine.socket);
        add(JUMP_EQUAL, 0, 3, machine.socketpair);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(JUMP_EQUAL, 1, 0, AF_UNIX);
        add(RETURN, 0, 0, ERROR | EAFNOSUPPORT);
    }

    private void deny(int jump, int value, int error) {
        add(jump, 0, 1, value);
        add(RETURN, 0, 0, ERROR | error);
    }

    private void add(int code, int then, int otherwise, int value) {
        program.add(new long[] {code, then, otherwise, value});
    }

    private byte[] assembled() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long[] step : program) {
            bytes.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) step[0])
                    .put((byte) step[1])
                    .put((byte) step[2])
                    .putInt((int) step[3])
                    .array());
        }
        return bytes.toByteArray();
    }
}
