// The one header of a gateway: derive from Gateway, describe it, and end the file with
// LIVERY_GATEWAY(YourGateway). `sdk/docs/gateway/tutorial.md` builds one in fifteen minutes.
#ifndef LIVERY_GATEWAY_GATEWAY_HPP
#define LIVERY_GATEWAY_GATEWAY_HPP

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <livery/gateway/descriptor.hpp>
#include <livery/gateway/host.hpp>
#include <livery/gateway/requests.hpp>
#include <livery/gateway/results.hpp>

namespace livery::gw {

// The configuration of one instance, checked against the manifest's schema before any code of the
// plugin runs: what is required is there and of its type.
class Config {
 public:
    explicit Config(Json json) : json_(std::move(json)) {}
    std::string Text(const char* key) const { return TextAt(json_, key); }
    bool Flag(const char* key) const { return FlagAt(json_, key); }
    // A reference, to be handed to the host as it is.
    std::string Secret(const char* key) const { return TextAt(json_, key); }

 private:
    Json json_;
};

// Asked for what its descriptor does not promise.
class UnsupportedOperation : public std::exception {
 public:
    const char* what() const noexcept override { return "this gateway does not do that"; }
};

// One provider for one tenant. Threads: one call at a time, also where the descriptor says
// Concurrent(). It keeps nothing of a payment between calls: the process may end after any of them.
class Gateway {
 public:
    Gateway() = default;
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;
    virtual ~Gateway() = default;

    virtual PaymentResult StartPayment(const PaymentOrder& request) = 0;
    // Must tell kNotFound from every failure to find out (which throws, or is an error).
    virtual PaymentResult LookupPayment(const PaymentQuery& request) = 0;

    virtual PaymentResult ContinuePayment(const PaymentReturn& request) {
        return LookupPayment({request.provider_id, request.reference, ""});
    }
    virtual PaymentResult CapturePayment(const CaptureOrder&) { throw UnsupportedOperation(); }
    virtual PaymentResult CancelPayment(const CancelOrder&) { throw UnsupportedOperation(); }
    virtual RefundResult CreateRefund(const RefundOrder&) { throw UnsupportedOperation(); }
    virtual RefundResult LookupRefund(const RefundQuery&) { throw UnsupportedOperation(); }
    virtual SetupResult StartSetup(const SetupOrder&) { throw UnsupportedOperation(); }
    virtual SetupResult LookupSetup(const SetupQuery&) { throw UnsupportedOperation(); }
    // Nothing when it is gone, also when it was gone before.
    virtual std::optional<Error> DetachMethod(const DetachOrder&) { throw UnsupportedOperation(); }
    virtual TransactionPage ListTransactions(const TransactionQuery&) {
        throw UnsupportedOperation();
    }
    // Several, where a provider sends batches. It only reads: the host looks everything up.
    virtual std::vector<Event> ParseEvents(const VerifiedWebhook&) { throw UnsupportedOperation(); }
    // Whether the credentials work, without money; nothing when they do. A payment that cannot be
    // there is looked for.
    virtual std::optional<Error> CheckConfig() {
        const PaymentResult found = LookupPayment({"", "livery-no-such-payment", ""});
        return found.state == PaymentState::kNotFound ? std::nullopt : found.error;
    }
};

namespace detail {

template <class Request>
Request ReadAs(const Json& json) {
    Request request;
    Read(json, request);
    return request;
}

inline Json OutcomeOf(const std::optional<Error>& error) {
    return error ? Json{{"error", ToJson(*error)}} : Json::object();
}

// The answer to one operation; throws UnsupportedOperation for one that it does not know.
inline Json Answer(Gateway& gateway, const std::string& operation, const Json& body) {
    if (operation == "payment.start/1")
        return ToJson(gateway.StartPayment(ReadAs<PaymentOrder>(body)));
    if (operation == "payment.lookup/1")
        return ToJson(gateway.LookupPayment(ReadAs<PaymentQuery>(body)));
    if (operation == "payment.continue/1")
        return ToJson(gateway.ContinuePayment(ReadAs<PaymentReturn>(body)));
    if (operation == "payment.capture/1")
        return ToJson(gateway.CapturePayment(ReadAs<CaptureOrder>(body)));
    if (operation == "payment.cancel/1")
        return ToJson(gateway.CancelPayment(ReadAs<CancelOrder>(body)));
    if (operation == "refund.create/1")
        return ToJson(gateway.CreateRefund(ReadAs<RefundOrder>(body)));
    if (operation == "refund.lookup/1")
        return ToJson(gateway.LookupRefund(ReadAs<RefundQuery>(body)));
    if (operation == "setup.start/1") return ToJson(gateway.StartSetup(ReadAs<SetupOrder>(body)));
    if (operation == "setup.lookup/1") return ToJson(gateway.LookupSetup(ReadAs<SetupQuery>(body)));
    if (operation == "method.detach/1")
        return OutcomeOf(gateway.DetachMethod(ReadAs<DetachOrder>(body)));
    if (operation == "transactions.list/1")
        return ToJson(gateway.ListTransactions(ReadAs<TransactionQuery>(body)));
    if (operation == "event.parse/1")
        return ToJson(gateway.ParseEvents(ReadAs<VerifiedWebhook>(body)));
    if (operation == "check_config/1") return OutcomeOf(gateway.CheckConfig());
    throw UnsupportedOperation();
}

inline std::string TextOf(livery_slice slice) {
    return {static_cast<const char*>(slice.data), static_cast<std::size_t>(slice.length)};
}

inline void Set(livery_out* out, const Json& json) {
    // What is no UTF-8 is replaced, so that an answer always is a message.
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    out->set(out->context, {text.data(), text.size()});
}

// An exception becomes a code and, for the tenant's log, its words; none crosses the border.
template <class Work>
std::int32_t Guarded(livery_out* out, const Work& work) noexcept {
    try {
        try {
            return work();
        } catch (const UnsupportedOperation&) {
            return LIVERY_UNSUPPORTED;
        } catch (const HostFault& fault) {
            Set(out, {{"message", fault.what()}});
            return fault.code();
        } catch (const std::exception& fault) {
            Set(out, {{"message", fault.what()}});
        }
    } catch (...) {  // also what telling it threw
    }
    return LIVERY_PLUGIN_FAULT;
}

// What stands behind the `instance` of the binary contract.
struct Instance {
    Host host;
    std::unique_ptr<Gateway> gateway;
};

template <class T>
std::int32_t Create(const livery_host* host, livery_slice config, void** instance,
                    livery_out* error) {
    return Guarded(error, [&]() -> std::int32_t {
        Json json = Json::parse(TextOf(config), nullptr, false);
        if (json.is_discarded()) return LIVERY_BAD_MESSAGE;
        auto made = std::make_unique<Instance>(Instance{Host(host), nullptr});
        made->gateway = std::make_unique<T>(Config(std::move(json)), made->host);
        *instance = made.release();
        return LIVERY_OK;
    });
}

inline std::int32_t Invoke(void* instance, const livery_call* call, livery_out* out) {
    return Guarded(out, [&]() -> std::int32_t {
        const Json body = Json::parse(TextOf(call->body), nullptr, false);
        if (body.is_discarded()) return LIVERY_BAD_MESSAGE;
        Set(out, Answer(*static_cast<Instance*>(instance)->gateway, TextOf(call->operation), body));
        return LIVERY_OK;
    });
}

inline std::int32_t Drain(void*) { return LIVERY_OK; }
inline void Destroy(void* instance) { delete static_cast<Instance*>(instance); }
inline const void* Extension(livery_slice) { return nullptr; }

template <class T>
const livery_gateway* Entry(std::uint16_t host_major) {
    static const livery_gateway kGateway{sizeof(livery_gateway),
                                         LIVERY_GATEWAY_ABI_MAJOR,
                                         LIVERY_GATEWAY_ABI_MINOR,
                                         &Create<T>,
                                         &Invoke,
                                         &Drain,
                                         &Destroy,
                                         &Extension};
    return host_major == LIVERY_GATEWAY_ABI_MAJOR ? &kGateway : nullptr;
}

}  // namespace detail

}  // namespace livery::gw

// What the gateway says of itself. No part of the contract, nor exported: while the plugin is built
// a small program of the same objects prints it, as the manifest (`livery_add_gateway` does it).
#define LIVERY_GATEWAY_DESCRIPTION(Type)                                                       \
    extern "C" __attribute__((visibility("hidden"))) const char* livery_gateway_description(); \
    extern "C" const char* livery_gateway_description() {                                      \
        static const std::string text = Type::Describe().json().dump();                        \
        return text.c_str();                                                                   \
    }

// Ends a gateway's file: the entry of the plugin, and its description.
#define LIVERY_GATEWAY(Type)                                                \
    LIVERY_GATEWAY_DESCRIPTION(Type)                                        \
    extern "C" __attribute__((visibility("default"))) const livery_gateway* \
    livery_gateway_entry_v1(std::uint16_t host_major, std::uint16_t) {      \
        return livery::gw::detail::Entry<Type>(host_major);                 \
    }

#endif
