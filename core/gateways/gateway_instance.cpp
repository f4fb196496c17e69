#include "gateways/gateway_instance.h"

#include <cstddef>
#include <cstring>

namespace livery::gateways {

namespace {

// As a gateway of 1.0 has it, which a later version only appends to.
constexpr std::size_t kCallOfFirstVersion = offsetof(livery_call, body) + sizeof(livery_slice);

// Which call of which gateway this thread is in: a gateway that calls the host at another time, or
// from a thread of its own, is refused.
thread_local ServiceDesk* current_desk = nullptr;

class InCall {
 public:
    explicit InCall(ServiceDesk& desk) : before_(current_desk) { current_desk = &desk; }
    ~InCall() { current_desk = before_; }
    InCall(const InCall&) = delete;
    InCall& operator=(const InCall&) = delete;

 private:
    ServiceDesk* before_;
};

std::string_view ViewOf(livery_slice slice) {
    if (slice.data == nullptr) return {};
    return {static_cast<const char*>(slice.data), static_cast<std::size_t>(slice.length)};
}

livery_slice SliceOf(std::string_view text) { return {text.data(), text.size()}; }

void Copy(void* context, livery_slice text) {
    static_cast<std::string*>(context)->assign(ViewOf(text));
}

std::int32_t Serve(void*, const livery_call* call, livery_out* out) {
    if (current_desk == nullptr || call == nullptr || call->size < kCallOfFirstVersion)
        return LIVERY_REFUSED;
    std::string answer;
    const std::int32_t code =
        current_desk->Serve(ViewOf(call->operation), ViewOf(call->body), answer);
    if (out != nullptr && out->set != nullptr) out->set(out->context, SliceOf(answer));
    return code;
}

void Log(void*, std::int32_t level, livery_slice line) {
    if (current_desk != nullptr) current_desk->Log(level, ViewOf(line));
}

}  // namespace

GatewayInstance::GatewayInstance(const livery_gateway& gateway)
    : gateway_(gateway), host_{sizeof(livery_host), 0, nullptr, &Serve, &Log} {}

Result<std::unique_ptr<GatewayInstance>> GatewayInstance::Create(const livery_gateway& gateway,
                                                                 std::string_view config,
                                                                 ServiceDesk& desk) {
    std::unique_ptr<GatewayInstance> made(new GatewayInstance(gateway));
    std::string why;
    livery_out error{&why, &Copy};
    const InCall in_call(desk);
    const std::int32_t code =
        gateway.create(&made->host_, SliceOf(config), &made->instance_, &error);
    if (code == LIVERY_OK && made->instance_ != nullptr) return made;
    made->instance_ = nullptr;
    return Error{ErrorCode::kInvalidArgument,
                 why.empty() ? "the gateway does not take this configuration" : why,
                 {}};
}

GatewayInstance::~GatewayInstance() {
    if (instance_ == nullptr) return;
    gateway_.drain(instance_);
    gateway_.destroy(instance_);
}

GatewayInstance::Answer GatewayInstance::Invoke(const Call& call, ServiceDesk& desk) {
    livery_call message;
    std::memset(&message, 0, sizeof message);
    message.size = sizeof message;
    message.id = call.id;
    message.deadline =
        std::chrono::duration_cast<std::chrono::nanoseconds>(call.deadline.time_since_epoch())
            .count();
    message.operation = SliceOf(call.operation);
    message.body = SliceOf(call.body);
    Answer answer;
    livery_out out{&answer.text, &Copy};
    const InCall in_call(desk);
    answer.code = gateway_.invoke(instance_, &message, &out);
    // A success that says nothing is none.
    if (answer.code == LIVERY_OK && answer.text.empty()) answer.code = LIVERY_PLUGIN_FAULT;
    return answer;
}

}  // namespace livery::gateways
