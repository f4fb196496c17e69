/* The binary contract between Livery and a gateway plugin: C11, five functions, JSON messages.
 *
 * Frozen within a major version: structs are only appended to, and `size`, the first field of each,
 * tells how far a reader may read. A plugin built today loads in every later host of its major
 * version, whatever compiler, C++ standard or standard library it was built with; nothing but what
 * stands here crosses the border, and no exception does. Authors write against gateway.hpp, which
 * makes all of this.
 *
 * Ownership: each side frees what it allocated. A slice is borrowed and lives for the call in which
 * it was passed; who wants to keep it copies. Threads: said at each function. [exclusive]: no other
 * call of that instance runs. [in-call]: only while a call of the plugin runs, on its thread.
 * Text is UTF-8. Times are Unix nanoseconds.
 */
#ifndef LIVERY_GATEWAY_ABI_H
#define LIVERY_GATEWAY_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LIVERY_GATEWAY_ABI_MAJOR 1
#define LIVERY_GATEWAY_ABI_MINOR 0

/* ELF section with the manifest (JSON, UTF-8, no end mark), read before anything of the file runs;
 * its schema is sdk/schema/gateway-v1/manifest.json. */
#define LIVERY_GATEWAY_MANIFEST_SECTION ".livery.manifest"
/* The one symbol that a plugin exports. */
#define LIVERY_GATEWAY_ENTRY "livery_gateway_entry_v1"

typedef struct livery_slice {
    const void* data;
    uint64_t length; /* bytes */
} livery_slice;

/* Where an answer goes: `set` copies it before it returns; a second call replaces the first. */
typedef struct livery_out {
    void* context;
    void (*set)(void* context, livery_slice answer);
} livery_out;

/* One operation: `operation` is a message id as "payment.start/1", `body` its JSON request. */
typedef struct livery_call {
    uint32_t size;
    uint32_t reserved;
    uint64_t id;      /* unique while the host runs; host calls made for it carry it too */
    int64_t deadline; /* after it the caller no longer waits */
    livery_slice operation;
    livery_slice trace; /* reserved for a W3C traceparent: empty today */
    livery_slice body;
} livery_call;

/* What a function returns. Zero: `out` holds an answer, which may well say that a payment was
 * declined or a request was wrong. Below zero: there is none. */
enum {
    LIVERY_OK = 0,
    LIVERY_PLUGIN_FAULT = -1, /* threw, or an answer that is no message */
    LIVERY_BAD_MESSAGE = -2,  /* the request cannot be read */
    LIVERY_UNSUPPORTED = -3,  /* no such operation; nothing was sent */
    LIVERY_DEADLINE = -4,     /* there was no time left */
    LIVERY_REFUSED = -5,      /* the host does not allow this call */
    LIVERY_NO_ANSWER = -6     /* the provider was not reached, or gave no whole answer */
};

/* What the host does for a plugin, which has no socket, file, clock or secret of its own. */
typedef struct livery_host {
    uint32_t size;
    uint32_t reserved;
    void* context;
    /* A host service: "http.send/1", "crypto.hmac/1", "clock.now/1", "kv.get/1", "kv.put/1".
     * [in-call] */
    int32_t (*call)(void* context, const livery_call* call, livery_out* out);
    /* A line for the tenant's log: a JSON object; what must not be logged is masked. [any thread]
     */
    void (*log)(void* context, int32_t level, livery_slice line);
} livery_host;

typedef struct livery_gateway {
    uint32_t size;
    uint16_t abi_major;
    uint16_t abi_minor; /* of the headers it was built with */
    /* An instance for one configuration of one tenant: `config` as the manifest's schema has it,
     * with secrets as references. `host` outlives the instance. Not LIVERY_OK: `error` may hold
     * {"key": …, "message": …}. [any thread] */
    int32_t (*create)(const livery_host* host, livery_slice config, void** instance,
                      livery_out* error);
    /* One operation. [one call at a time per instance; "concurrency": "multi" of the manifest is
     * reserved, and changes nothing] */
    int32_t (*invoke)(void* instance, const livery_call* call, livery_out* out);
    /* No more calls come; what it holds for later is to be given back. [exclusive] */
    int32_t (*drain)(void* instance);
    void (*destroy)(void* instance); /* [exclusive] */
    /* A later addition by its name as "livery.x/1"; null when it has none. [any thread] */
    const void* (*extension)(livery_slice name);
} livery_gateway;

/* The exported function. Null: the plugin cannot serve a host of this version. What it returns
 * lives as long as the library. [any thread] */
typedef const livery_gateway* (*livery_gateway_entry)(uint16_t host_major, uint16_t host_minor);

#ifdef __cplusplus
}
#endif

#endif
