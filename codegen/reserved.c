/* Names that C, C++ and the C library have taken.
 *
 * A query called Select would otherwise become a function that takes the place of select(2) in the whole program,
 * libpq included. Both lists are sorted as strcmp does. */
#include "codegen/names.h"

#include <stdlib.h>
#include <string.h>

/* Keywords of C up to C23 and of C++ up to C++20, alternative spellings of operators, and what headers that nearly
 * every program includes define as macros or types. */
/* clang-format off */
static const char *const keywords[] = {
    "alignas", "alignof", "and", "and_eq", "asm", "assert", "auto", "bitand", "bitor", "bool", "break", "case",
    "catch", "char", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield", "compl",
    "complex", "concept", "const", "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype",
    "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "errno", "explicit", "export",
    "extern", "false", "float", "for", "friend", "goto", "if", "imaginary", "inline", "int", "int16_t",
    "int32_t", "int64_t", "int8_t", "linux", "long", "mutable", "namespace", "new", "noexcept", "noreturn",
    "not", "not_eq", "nullptr", "offsetof", "operator", "or", "or_eq", "private", "protected", "public",
    "register", "reinterpret_cast", "requires", "restrict", "return", "short", "signed", "size_t", "sizeof",
    "static", "static_assert", "static_cast", "stderr", "stdin", "stdout", "struct", "switch", "template",
    "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "typeof_unqual",
    "uint16_t", "uint32_t", "uint64_t", "uint8_t", "unix", "unsigned", "using", "virtual", "void", "volatile",
    "wchar_t", "while", "xor", "xor_eq",
};
/* clang-format on */

/* The functions and variables of POSIX and of the GNU C library whose names are one word: those a query's name
 * could meet. Not the float, wide-character and 64-bit variants of others. */
/* clang-format off */
static const char *const library[] = {
    "a64l", "abort", "abs", "accept", "accept4", "access", "acct", "acos", "acosh", "addmntent", "addseverity",
    "adjtime", "adjtimex", "advance", "alarm", "alphasort", "arc4random", "asctime", "asin", "asinh",
    "asprintf", "atan", "atan2", "atanh", "atof", "atoi", "atol", "atoll", "backtrace", "basename", "bcmp",
    "bcopy", "bdflush", "bind", "bindresvport", "bindtextdomain", "brk", "bsearch", "btowc", "bzero",
    "c16rtomb", "c32rtomb", "c8rtomb", "calloc", "callrpc", "canonicalize", "capget", "capset", "catclose",
    "catgets", "catopen", "cbrt", "ceil", "cfgetispeed", "cfgetospeed", "cfmakeraw", "cfree", "cfsetispeed",
    "cfsetospeed", "cfsetspeed", "chdir", "chflags", "chmod", "chown", "chroot", "clearenv", "clearerr",
    "clock", "clone", "close", "closedir", "closefrom", "closelog", "confstr", "conj", "conjf", "conjl",
    "connect", "copysign", "cos", "cosh", "creat", "ctermid", "ctime", "cuserid", "daemon", "daylight",
    "dcgettext", "dcngettext", "dgettext", "difftime", "dirfd", "dirname", "div", "dladdr", "dladdr1",
    "dlclose", "dlerror", "dlinfo", "dlmopen", "dlopen", "dlsym", "dlvsym", "dngettext", "dprintf", "drem",
    "dup", "dup2", "dup3", "duplocale", "dysize", "eaccess", "ecvt", "endaliasent", "endfsent", "endgrent",
    "endhostent", "endmntent", "endnetent", "endnetgrent", "endprotoent", "endpwent", "endrpcent", "endservent",
    "endsgent", "endspent", "endttyent", "endusershell", "endutent", "endutxent", "environ", "erf", "erfc",
    "err", "errno", "error", "errx", "euidaccess", "eventfd", "execl", "execle", "execlp", "execv", "execve",
    "execveat", "execvp", "execvpe", "exit", "exp", "exp10", "exp2", "expm1", "fabs", "faccessat", "fallocate",
    "fattach", "fchdir", "fchflags", "fchmod", "fchmodat", "fchown", "fchownat", "fclose", "fcloseall", "fcntl",
    "fcvt", "fdatasync", "fdetach", "fdim", "fdopen", "fdopendir", "feclearexcept", "fedisableexcept",
    "feenableexcept", "fegetenv", "fegetexcept", "fegetexceptflag", "fegetmode", "fegetround", "feholdexcept",
    "feof", "feraiseexcept", "ferror", "fesetenv", "fesetexcept", "fesetexceptflag", "fesetmode", "fesetround",
    "fetestexcept", "fetestexceptflag", "feupdateenv", "fexecve", "fflush", "ffs", "ffsl", "ffsll", "fgetc",
    "fgetgrent", "fgetpos", "fgetpwent", "fgets", "fgetsgent", "fgetspent", "fgetwc", "fgetws", "fgetxattr",
    "fileno", "finite", "flistxattr", "flock", "flockfile", "floor", "fma", "fmax", "fmaximum", "fmaxmag",
    "fmemopen", "fmin", "fminimum", "fminmag", "fmod", "fmtmsg", "fnmatch", "fopen", "fopencookie", "fork",
    "forkpty", "fpathconf", "fprintf", "fputc", "fputs", "fputwc", "fputws", "fread", "free", "freeaddrinfo",
    "freeifaddrs", "freelocale", "fremovexattr", "freopen", "frexp", "fromfp", "fscanf", "fsconfig", "fseek",
    "fseeko", "fsetpos", "fsetxattr", "fsmount", "fsopen", "fspick", "fstat", "fstatat", "fstatfs", "fstatvfs",
    "fsync", "ftell", "ftello", "ftime", "ftok", "ftruncate", "ftrylockfile", "ftw", "funlockfile", "futimens",
    "futimes", "futimesat", "fwide", "fwprintf", "fwrite", "fwscanf", "gamma", "gcvt", "getaddrinfo",
    "getaliasbyname", "getaliasent", "getauxval", "getc", "getchar", "getcontext", "getcpu", "getcwd",
    "getdate", "getdelim", "getdirentries", "getdomainname", "getdtablesize", "getegid", "getentropy", "getenv",
    "geteuid", "getfsent", "getfsfile", "getfsspec", "getgid", "getgrent", "getgrgid", "getgrnam",
    "getgrouplist", "getgroups", "gethostbyaddr", "gethostbyname", "gethostbyname2", "gethostent", "gethostid",
    "gethostname", "getifaddrs", "getipv4sourcefilter", "getitimer", "getline", "getloadavg", "getlogin",
    "getmntent", "getmsg", "getnameinfo", "getnetbyaddr", "getnetbyname", "getnetent", "getnetgrent",
    "getnetname", "getopt", "getpagesize", "getpass", "getpayload", "getpeername", "getpgid", "getpgrp",
    "getpid", "getpmsg", "getppid", "getpriority", "getprotobyname", "getprotobynumber", "getprotoent", "getpt",
    "getpublickey", "getpw", "getpwent", "getpwnam", "getpwuid", "getrandom", "getresgid", "getresuid",
    "getrlimit", "getrpcbyname", "getrpcbynumber", "getrpcent", "getrpcport", "getrusage", "gets",
    "getsecretkey", "getservbyname", "getservbyport", "getservent", "getsgent", "getsgnam", "getsid",
    "getsockname", "getsockopt", "getsourcefilter", "getspent", "getspnam", "getsubopt", "gettext", "gettid",
    "gettimeofday", "getttyent", "getttynam", "getuid", "getusershell", "getutent", "getutid", "getutline",
    "getutmp", "getutmpx", "getutxent", "getutxid", "getutxline", "getw", "getwc", "getwchar", "getwd",
    "getxattr", "glob", "globfree", "gmtime", "grantpt", "gsignal", "gtty", "hasmntopt", "hcreate", "hdestroy",
    "herror", "host2netname", "hsearch", "hstrerror", "htonl", "htons", "hypot", "iconv", "ilogb", "imaxabs",
    "imaxdiv", "index", "initgroups", "initstate", "innetgr", "insque", "ioctl", "ioperm", "iopl", "isalnum",
    "isalpha", "isascii", "isastream", "isatty", "isblank", "iscntrl", "isctype", "isdigit", "isfdtype",
    "isgraph", "isinf", "islower", "isnan", "isprint", "ispunct", "isspace", "isupper", "isxdigit", "j0", "j1",
    "jn", "kill", "killpg", "klogctl", "l64a", "labs", "lchmod", "lchown", "lckpwdf", "ldexp", "ldiv", "lfind",
    "lgamma", "lgetxattr", "link", "linkat", "listen", "listxattr", "llabs", "lldiv", "llistxattr", "llogb",
    "llrint", "llround", "llseek", "loc1", "loc2", "localeconv", "localtime", "lockf", "locs", "log", "log10",
    "log1p", "log2", "logb", "login", "logout", "logwtmp", "longjmp", "lremovexattr", "lrint", "lround",
    "lsearch", "lseek", "lsetxattr", "lstat", "lutimes", "madvise", "makecontext", "mallinfo", "mallinfo2",
    "malloc", "mallopt", "mallwatch", "matherr", "mblen", "mbrlen", "mbrtowc", "mbsinit", "mbsnrtowcs",
    "mbsrtowcs", "mbstowcs", "mbtowc", "mcheck", "mcount", "memalign", "memccpy", "memchr", "memcmp", "memcpy",
    "memfrob", "memmem", "memmove", "mempcpy", "memrchr", "memset", "mincore", "mkdir", "mkdirat", "mkdtemp",
    "mkfifo", "mkfifoat", "mknod", "mknodat", "mkostemp", "mkostemps", "mkstemp", "mkstemps", "mktemp",
    "mktime", "mlock", "mlock2", "mlockall", "mmap", "modf", "moncontrol", "monstartup", "mount", "mprobe",
    "mprotect", "mremap", "msgctl", "msgget", "msgrcv", "msgsnd", "msync", "mtrace", "munlock", "munlockall",
    "munmap", "muntrace", "nan", "nanosleep", "nearbyint", "netname2host", "netname2user", "newlocale",
    "nextafter", "nextdown", "nexttoward", "nextup", "nfsservctl", "nftw", "ngettext", "nice", "ntohl", "ntohs",
    "open", "openat", "opendir", "openlog", "openpty", "optarg", "opterr", "optind", "optopt", "passwd2des",
    "pathconf", "pause", "pclose", "perror", "personality", "pipe", "pipe2", "poll", "popen", "pow", "pow10",
    "ppoll", "prctl", "pread", "preadv", "preadv2", "preadv64v2", "printf", "prlimit", "profil", "pselect",
    "psiginfo", "psignal", "ptrace", "ptsname", "putc", "putchar", "putenv", "putgrent", "putmsg", "putpmsg",
    "putpwent", "puts", "putsgent", "putspent", "pututline", "pututxline", "putw", "putwc", "putwchar",
    "pvalloc", "pwrite", "pwritev", "pwritev2", "pwritev64v2", "qecvt", "qfcvt", "qgcvt", "qsort", "quotactl",
    "raise", "rand", "random", "rawmemchr", "read", "readahead", "readdir", "readlink", "readlinkat", "readv",
    "realloc", "reallocarray", "realpath", "reboot", "recv", "recvfrom", "recvmmsg", "recvmsg", "regcomp",
    "regerror", "regexec", "regfree", "registerrpc", "remainder", "remove", "removexattr", "remque", "remquo",
    "rename", "renameat", "renameat2", "revoke", "rewind", "rewinddir", "rindex", "rint", "rmdir", "round",
    "roundeven", "rpmatch", "rresvport", "rtime", "ruserok", "ruserpass", "sbrk", "scalb", "scalbln", "scalbn",
    "scandir", "scandirat", "scanf", "seekdir", "select", "semctl", "semget", "semop", "semtimedop", "send",
    "sendfile", "sendmmsg", "sendmsg", "sendto", "setaliasent", "setbuf", "setbuffer", "setcontext",
    "setdomainname", "setegid", "setenv", "seteuid", "setfsent", "setfsgid", "setfsuid", "setgid", "setgrent",
    "setgroups", "sethostent", "sethostid", "sethostname", "setipv4sourcefilter", "setitimer", "setjmp",
    "setlinebuf", "setlocale", "setlogin", "setlogmask", "setmntent", "setnetent", "setnetgrent", "setns",
    "setpayload", "setpayloadsig", "setpgid", "setpgrp", "setpriority", "setprotoent", "setpwent", "setregid",
    "setresgid", "setresuid", "setreuid", "setrlimit", "setrpcent", "setservent", "setsgent", "setsid",
    "setsockopt", "setsourcefilter", "setspent", "setstate", "settimeofday", "setttyent", "setuid",
    "setusershell", "setutent", "setutxent", "setvbuf", "setxattr", "sgetsgent", "sgetspent", "shmat", "shmctl",
    "shmdt", "shmget", "shutdown", "sigaction", "sigaddset", "sigaltstack", "sigandset", "sigblock",
    "sigdelset", "sigemptyset", "sigfillset", "siggetmask", "sighold", "sigignore", "siginterrupt",
    "sigisemptyset", "sigismember", "siglongjmp", "signal", "signalfd", "signgam", "significand", "sigorset",
    "sigpause", "sigpending", "sigprocmask", "sigqueue", "sigrelse", "sigreturn", "sigset", "sigsetmask",
    "sigstack", "sigsuspend", "sigtimedwait", "sigvec", "sigwait", "sigwaitinfo", "sin", "sincos", "sinh",
    "sleep", "snprintf", "sockatmark", "socket", "socketpair", "splice", "sprintf", "sprofil", "sqrt", "srand",
    "srandom", "sscanf", "ssignal", "sstk", "stat", "statfs", "statvfs", "statx", "stderr", "stdin", "stdout",
    "step", "stime", "stpcpy", "stpncpy", "strcasecmp", "strcasestr", "strcat", "strchr", "strchrnul", "strcmp",
    "strcoll", "strcpy", "strcspn", "strdup", "strerror", "strfmon", "strfromd", "strfromf", "strfroml",
    "strfry", "strftime", "strlen", "strncasecmp", "strncat", "strncmp", "strncpy", "strndup", "strnlen",
    "strpbrk", "strptime", "strrchr", "strsep", "strsignal", "strspn", "strstr", "strtod", "strtof",
    "strtoimax", "strtok", "strtol", "strtold", "strtoll", "strtoq", "strtoul", "strtoull", "strtoumax",
    "strtouq", "strverscmp", "strxfrm", "stty", "swab", "swapcontext", "swapoff", "swapon", "swprintf",
    "swscanf", "symlink", "symlinkat", "sync", "syncfs", "syscall", "sysconf", "sysctl", "sysinfo", "syslog",
    "system", "tan", "tanh", "tcdrain", "tcflow", "tcflush", "tcgetattr", "tcgetpgrp", "tcgetsid",
    "tcsendbreak", "tcsetattr", "tcsetpgrp", "tdelete", "tdestroy", "tee", "telldir", "tempnam", "textdomain",
    "tfind", "tgamma", "tgkill", "time", "timegm", "timelocal", "times", "timezone", "tmpfile", "tmpnam",
    "toascii", "tolower", "totalorder", "totalordermag", "toupper", "trunc", "truncate", "tsearch", "ttyname",
    "ttyslot", "twalk", "tzname", "tzset", "ualarm", "ufromfp", "ulckpwdf", "ulimit", "umask", "umount",
    "umount2", "uname", "ungetc", "ungetwc", "unlink", "unlinkat", "unlockpt", "unsetenv", "unshare", "updwtmp",
    "updwtmpx", "uselib", "uselocale", "user2netname", "usleep", "ustat", "utime", "utimensat", "utimes",
    "utmpname", "utmpxname", "valloc", "vasprintf", "vdprintf", "verr", "verrx", "versionsort", "vfork",
    "vfprintf", "vfscanf", "vfwprintf", "vfwscanf", "vhangup", "vlimit", "vmsplice", "vprintf", "vscanf",
    "vsnprintf", "vsprintf", "vsscanf", "vswprintf", "vswscanf", "vsyslog", "vtimes", "vwarn", "vwarnx",
    "vwprintf", "vwscanf", "wait", "wait3", "wait4", "waitid", "waitpid", "warn", "warnx", "wcpcpy", "wcpncpy",
    "wcrtomb", "wctob", "wctomb", "wctrans", "wctype", "wcwidth", "wordexp", "wordfree", "wprintf", "write",
    "writev", "wscanf", "xdecrypt", "xencrypt", "y0", "y1", "yn",
};
/* clang-format on */

static int compare(const void *name, const void *entry)
{
    return strcmp(name, *(const char *const *)entry);
}

bool name_is_keyword(const char *name)
{
    return bsearch(name, keywords, sizeof keywords / sizeof keywords[0], sizeof keywords[0], compare) != NULL;
}

bool name_is_library(const char *name)
{
    if (strncmp(name, "querc_", 6) == 0 || strncmp(name, "QUERC_", 6) == 0)
        return true;
    return bsearch(name, library, sizeof library / sizeof library[0], sizeof library[0], compare) != NULL;
}
