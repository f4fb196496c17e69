// A double of the provider: it behaves as the provider's API does, and its ledger is the judge of the
// gateway. Teach it whatever you teach the gateway; the kit asks for both.
#include <livery/gateway/double.hpp>

namespace {

namespace gw = livery::gw;
using gw::Json;
using gw::testing::Answered;
using gw::testing::Asked;

constexpr const char* kKey = "the-key-of-the-double";

Answered Refused(int status, const char* code) { return {status, {{"error", {{"code", code}}}}}; }

// Test tokens, as providers publish them: what becomes of a payment with it.
struct Course {
    const char* token;
    const char* state;
    const char* code;   // of a decline
    const char* later;  // the state an hour later; "" the same
};
constexpr Course kCourses[] = {
    {"tok_ok", "captured", "", ""},
    {"tok_insufficient_funds", "declined", "insufficient_funds", ""},
    {"tok_expired_card", "declined", "expired_card", ""},
    {"tok_stolen_card", "declined", "stolen_card", ""},
    {"tok_new_code", "declined", "code_of_tomorrow", ""},
    {"tok_slow", "processing", "", "captured"},
    {"tok_slow_declined", "processing", "", "declined"},
    {"tok_review", "in_review", "", ""},
};

class Provider {
 public:
    Provider() {
        double_.about["config"] = {{"base_url", "http://127.0.0.1:{port}"},
                                   {"merchant", "M1"},
                                   {"api_key", "double-key"}};
        double_.about["secrets"] = {{"double-key", kKey}};
        double_.about["tokens"] = {{"ok", "tok_ok"},
                                   {"frictionless", "tok_ok"},
                                   {"insufficient_funds", "tok_insufficient_funds"},
                                   {"pending_paid", "tok_slow"},
                                   {"pending_declined", "tok_slow_declined"},
                                   {"under_review", "tok_review"}};
        double_.about["declines"] = {
            Decline("tok_insufficient_funds", "insufficient_funds", "insufficient_funds", "soft", ""),
            Decline("tok_expired_card", "expired_card", "expired_method", "hard", "update_details"),
            Decline("tok_stolen_card", "stolen_card", "lost_or_stolen", "hard", "do_not_retry"),
            Decline("tok_new_code", "code_of_tomorrow", "other", "soft", "")};
        double_.time_passed = [this] { Settle(); };
        double_.On("POST", "/payments", [this](const Asked& asked) {
            if (!Known(asked)) return Refused(401, "bad_key");
            return double_.Once(asked, [&] { return Pay(asked.body); }, Refused(409, "key_reused"));
        });
        double_.On("GET", "/payments", [this](const Asked& asked) {
            return Known(asked) ? Find("reference", asked.Query("reference"))
                                : Refused(401, "bad_key");
        });
        double_.On("GET", "/payments/", [this](const Asked& asked) {
            return Known(asked) ? Find("id", asked.path.substr(10)) : Refused(401, "bad_key");
        });
    }

    int Run(int argc, char** argv) { return double_.Run(argc, argv); }

 private:
    static Json Decline(const char* token, const char* code, const char* reason,
                        const char* hardness, const char* advice) {
        return {{"token", token},
                {"code", code},
                {"reason", reason},
                {"hardness", hardness},
                {"advice", advice}};
    }
    static bool Known(const Asked& asked) {
        return asked.Header("authorization") == std::string("Bearer ") + kKey;
    }

    Answered Pay(const Json& body) {
        if (!body.is_object()) return Refused(400, "bad_request");
        const std::string token = gw::TextAt(body, "token");
        const Course* course = nullptr;
        for (const Course& one : kCourses)
            if (token == one.token) course = &one;
        if (course == nullptr) return Refused(400, "bad_token");
        if (gw::IntegerAt(body, "amount") < 1) return Refused(400, "bad_amount");
        Json payment{{"id", "pay_" + std::to_string(payments_.size() + 1)},
                     {"reference", body["reference"]},
                     {"amount", body["amount"]},
                     {"currency", body["currency"]},
                     {"state", course->state}};
        if (*course->code != '\0') payment["code"] = course->code;
        payments_.push_back({payment, course->later, double_.Now() + 3'600});
        if (payment["state"] == "captured") Book(payment);
        return {201, payment};
    }
    void Book(const Json& payment) {
        double_.Move("payment", payment["reference"], payment["currency"],
                     payment["amount"].get<std::int64_t>());
    }
    // What was slow is decided by now.
    void Settle() {
        for (Made& made : payments_) {
            if (made.later.empty() || made.due > double_.Now()) continue;
            made.payment["state"] = made.later;
            if (made.later == "captured") Book(made.payment);
            if (made.later == "declined") made.payment["code"] = "insufficient_funds";
            made.later.clear();
        }
    }
    Answered Find(const char* member, const std::string& value) const {
        for (const Made& made : payments_)
            if (made.payment[member] == value) return {200, made.payment};
        return Refused(404, "no_such_payment");
    }

    struct Made {
        Json payment;
        std::string later;
        std::int64_t due = 0;
    };
    gw::testing::ProviderDouble double_;
    std::vector<Made> payments_;
};

}  // namespace

int main(int argc, char** argv) { return Provider().Run(argc, argv); }
