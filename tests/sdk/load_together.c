/* load_together FILE.so…: all of them in one process, as a host with `isolation: none` has them, whatever each was built
 * with. A C11 host of the contract alone makes an instance of each, asks them in turn, twice, and lets go of them. */
#include <livery/gateway/abi.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 16 };
static const char kConfig[] =
    "{\"base_url\":\"https://api.acme-pay.example\",\"merchant\":\"M1\",\"api_key\":\"api_key\"}";
static const char kLookup[] = "{\"provider_id\":\"pay_1\",\"reference\":\"R1\"}";
static const char kBody[] = "{\\\"id\\\":\\\"pay_1\\\",\\\"state\\\":\\\"captured\\\",\\\"amount\\\":1234,\\\"currency\\\":\\\"EUR\\\"}";

static int reached = 1;
static char answer[4096];

static livery_slice Slice(const char* text) {
    livery_slice slice = {text, strlen(text)};
    return slice;
}

static void Keep(void* context, livery_slice text) {
    const size_t length = text.length < sizeof answer - 1 ? (size_t)text.length : sizeof answer - 1;
    (void)context;
    memcpy(answer, text.data, length);
    answer[length] = 0;
}

/* A provider that has the payment, or is not reached. */
static int32_t Serve(void* context, const livery_call* call, livery_out* out) {
    char text[1024];
    (void)context;
    if (strncmp(call->operation.data, "http.send/1", (size_t)call->operation.length) != 0)
        return LIVERY_REFUSED;
    if (!reached) return LIVERY_NO_ANSWER;
    snprintf(text, sizeof text, "{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":\"%s\"}", kBody);
    out->set(out->context, Slice(text));
    return LIVERY_OK;
}

static void Ignore(void* context, int32_t level, livery_slice line) {
    (void)context;
    (void)level;
    (void)line;
}

static int32_t LookUp(const livery_gateway* gateway, void* instance, uint64_t id) {
    livery_call call = {sizeof call, 0, id, INT64_MAX, {0, 0}, {0, 0}, {0, 0}};
    livery_out out = {0, &Keep};
    call.operation = Slice("payment.lookup/1");
    call.trace = Slice("");
    call.body = Slice(kLookup);
    answer[0] = 0;
    return gateway->invoke(instance, &call, &out);
}

int main(int argc, char** argv) {
    const livery_gateway* gateways[MOST];
    void* instances[MOST];
    const livery_host host = {sizeof host, 0, 0, &Serve, &Ignore};
    livery_out error = {0, &Keep};
    const int count = argc - 1;
    if (count < 1 || count > MOST) return 64;
    for (int i = 0; i < count; ++i) {
        void* library = dlopen(argv[i + 1], RTLD_NOW | RTLD_LOCAL);
        livery_gateway_entry entry = 0;
        if (library) *(void**)&entry = dlsym(library, LIVERY_GATEWAY_ENTRY);
        if (!entry) return fprintf(stderr, "%s: %s\n", argv[i + 1], dlerror()), 1;
        gateways[i] = entry(LIVERY_GATEWAY_ABI_MAJOR, LIVERY_GATEWAY_ABI_MINOR);
        if (!gateways[i] || gateways[i]->create(&host, Slice(kConfig), &instances[i], &error) != LIVERY_OK)
            return fprintf(stderr, "%s makes no instance: %s\n", argv[i + 1], answer), 1;
    }
    for (int round = 0; round < 4; ++round) {
        reached = round % 2 == 0;
        for (int i = 0; i < count; ++i) {
            const int32_t code = LookUp(gateways[i], instances[i], (uint64_t)(round * count + i + 1));
            const int captured = code == LIVERY_OK && strstr(answer, "\"captured\"") && strstr(answer, "1234");
            /* Not reached: thrown and caught within the gateway, by the library that it has. */
            if (reached ? !captured : captured)
                return fprintf(stderr, "%s, round %d: %d %s\n", argv[i + 1], round, code, answer), 1;
        }
    }
    for (int i = 0; i < count; ++i) {
        gateways[i]->drain(instances[i]);
        gateways[i]->destroy(instances[i]);
    }
    printf("%d gateways answer in one process.\n", count);
    return 0;
}
