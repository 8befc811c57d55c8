/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Runs a command that the kernel ends, by SIGSYS, as soon as it asks for a socket that is not local. Needs no privilege and no
 * tracing: so a test can say “no network” where strace is not allowed, and not only look but forbid.
 *
 *     forbid-network COMMAND [WORD…]
 */

#if defined __x86_64__
#define NATIVE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define NATIVE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define NATIVE AUDIT_ARCH_RISCV64
#elif defined __loongarch64
#define NATIVE AUDIT_ARCH_LOONGARCH64
#endif

#define LOAD(field) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, field))
#define ANSWER(what) BPF_STMT (BPF_RET | BPF_K, what)
/* Go on with the next line if it is, else skip so many. */
#define IS(value, skip) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)

int
main (int argc, char *argv[])
{
#ifdef NATIVE
  struct sock_filter lines[] = {
    /* Other calling conventions of the same machine have other numbers: nobody uses them here. */
    LOAD (arch),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0),
    ANSWER (SECCOMP_RET_KILL_PROCESS),
    LOAD (nr),
#ifdef __x86_64__
    BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    ANSWER (SECCOMP_RET_KILL_PROCESS),
#endif
    /* A ring could open sockets without a call that is seen. */
    IS (__NR_io_uring_setup, 1),
    ANSWER (SECCOMP_RET_ERRNO | ENOSYS),
    IS (__NR_socket, 5),
    LOAD (args[0]), /* an int: the low half, first on these machines */
    IS (AF_UNIX, 1),
    ANSWER (SECCOMP_RET_ALLOW),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 1, 0),
    ANSWER (SECCOMP_RET_KILL_PROCESS),
    ANSWER (SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog filter = { sizeof lines / sizeof *lines, lines };

  if (argc < 2)
    {
      fprintf (stderr, "Use: forbid-network COMMAND [WORD…]\n");
      return 2;
    }
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
    {
      fprintf (stderr, "forbid-network: the kernel does not filter calls: %s\n", strerror (errno));
      return 125;
    }
  execvp (argv[1], argv + 1);
  fprintf (stderr, "forbid-network: %s: %s\n", argv[1], strerror (errno));
  return 127;
#else
  fprintf (stderr, "forbid-network: not known on this machine\n");
  return 125;
#endif
}
