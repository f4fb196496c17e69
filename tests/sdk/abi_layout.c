/* The binary contract as a C11 compiler reads it, with every place that a plugin of the first
 * version relies upon. Append only: a line may be added below the others of its struct, with the
 * struct's new size; none may change. Compiled with -std=c11 -pedantic -Werror, for LP64. */
#include <livery/gateway/abi.h>

#include <stddef.h>

#define AT(type, member, offset) \
    _Static_assert(offsetof(type, member) == (offset), #type "." #member " moved")
#define IS(type, member, kind) \
    _Static_assert(_Generic(((type*)0)->member, kind : 1, default : 0), \
                   #type "." #member " is of another type")
#define HAS(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " is of another size")

AT(livery_slice, data, 0);
AT(livery_slice, length, 8);
HAS(livery_slice, 16);
IS(livery_slice, data, const void*);
IS(livery_slice, length, uint64_t);

AT(livery_out, context, 0);
AT(livery_out, set, 8);
HAS(livery_out, 16);
IS(livery_out, context, void*);
typedef void (*set_function)(void*, livery_slice);
IS(livery_out, set, set_function);

AT(livery_call, size, 0);
AT(livery_call, reserved, 4);
AT(livery_call, id, 8);
AT(livery_call, deadline, 16);
AT(livery_call, operation, 24);
AT(livery_call, trace, 40);
AT(livery_call, body, 56);
HAS(livery_call, 72);
IS(livery_call, size, uint32_t);
IS(livery_call, reserved, uint32_t);
IS(livery_call, id, uint64_t);
IS(livery_call, deadline, int64_t);
IS(livery_call, operation, livery_slice);
IS(livery_call, trace, livery_slice);
IS(livery_call, body, livery_slice);

AT(livery_host, size, 0);
AT(livery_host, reserved, 4);
AT(livery_host, context, 8);
AT(livery_host, call, 16);
AT(livery_host, log, 24);
HAS(livery_host, 32);
typedef int32_t (*call_function)(void*, const livery_call*, livery_out*);
typedef void (*log_function)(void*, int32_t, livery_slice);
IS(livery_host, size, uint32_t);
IS(livery_host, context, void*);
IS(livery_host, call, call_function);
IS(livery_host, log, log_function);

AT(livery_gateway, size, 0);
AT(livery_gateway, abi_major, 4);
AT(livery_gateway, abi_minor, 6);
AT(livery_gateway, create, 8);
AT(livery_gateway, invoke, 16);
AT(livery_gateway, drain, 24);
AT(livery_gateway, destroy, 32);
AT(livery_gateway, extension, 40);
HAS(livery_gateway, 48);
typedef int32_t (*create_function)(const livery_host*, livery_slice, void**, livery_out*);
typedef int32_t (*drain_function)(void*);
typedef void (*destroy_function)(void*);
typedef const void* (*extension_function)(livery_slice);
IS(livery_gateway, size, uint32_t);
IS(livery_gateway, abi_major, uint16_t);
IS(livery_gateway, abi_minor, uint16_t);
IS(livery_gateway, create, create_function);
IS(livery_gateway, invoke, call_function);
IS(livery_gateway, drain, drain_function);
IS(livery_gateway, destroy, destroy_function);
IS(livery_gateway, extension, extension_function);

#define WORD(name, value) _Static_assert((name) == (value), #name " means something else")
WORD(LIVERY_GATEWAY_ABI_MAJOR, 1);
WORD(LIVERY_OK, 0);
WORD(LIVERY_PLUGIN_FAULT, -1);
WORD(LIVERY_BAD_MESSAGE, -2);
WORD(LIVERY_UNSUPPORTED, -3);
WORD(LIVERY_DEADLINE, -4);
WORD(LIVERY_REFUSED, -5);
WORD(LIVERY_NO_ANSWER, -6);

/* The names by which a host finds things in a file: a letter more or less is another length. */
_Static_assert(sizeof LIVERY_GATEWAY_MANIFEST_SECTION == sizeof ".livery.manifest", "section");
_Static_assert(sizeof LIVERY_GATEWAY_ENTRY == sizeof "livery_gateway_entry_v1", "entry");

/* And a gateway can be written in C: the five functions and the entry, of these very types. */
static int32_t create(const livery_host* host, livery_slice config, void** instance,
                      livery_out* error) {
    (void)config;
    (void)error;
    *instance = (void*)host;
    return host->size >= sizeof(livery_host) ? LIVERY_OK : LIVERY_REFUSED;
}
static int32_t invoke(void* instance, const livery_call* call, livery_out* out) {
    (void)instance;
    out->set(out->context, call->body);
    return LIVERY_OK;
}
static int32_t drain(void* instance) {
    (void)instance;
    return LIVERY_OK;
}
static void destroy(void* instance) { (void)instance; }
static const void* extension(livery_slice name) {
    (void)name;
    return NULL;
}
extern const livery_gateway* livery_gateway_entry_v1(uint16_t host_major, uint16_t host_minor);
const livery_gateway* livery_gateway_entry_v1(uint16_t host_major, uint16_t host_minor) {
    static const livery_gateway gateway = {sizeof gateway, LIVERY_GATEWAY_ABI_MAJOR,
                                           LIVERY_GATEWAY_ABI_MINOR, create, invoke,
                                           drain, destroy, extension};
    const livery_gateway_entry entry = livery_gateway_entry_v1;
    (void)host_minor;
    return entry != NULL && host_major == LIVERY_GATEWAY_ABI_MAJOR ? &gateway : NULL;
}
