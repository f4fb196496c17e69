// What a program with AddressSanitizer does where ASAN_OPTIONS says nothing else. Freed memory is
// kept for 16 MiB of later frees instead of 256, and ten callers are noted of each allocation
// instead of thirty: with the defaults our programs spend a sixth of their time in the sanitizer's
// own bookkeeping, and have no need of more to find a bug. A program may have its own.
extern "C" __attribute__((visibility("default"), used, weak)) const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
    return "quarantine_size_mb=16:malloc_context_size=10";
}
