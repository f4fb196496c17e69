// The provider of the redirect demo, with the page that its customers go to (`visit`).
#include <livery/gateway/double.hpp>

namespace {

namespace gw = livery::gw;
using gw::Json;
using gw::testing::Answered;
using gw::testing::Asked;

constexpr const char* kKey = "the-key-of-the-double";
constexpr const char* kPages = "https://pages.redirect-demo.example/";
constexpr std::int64_t kPageLives = 3'600;  // seconds

Answered Refused(int status, const char* code) { return {status, {{"error", {{"code", code}}}}}; }

struct Course {
    const char* token;
    const char* state;
    const char* code;   // of a decline
    const char* later;  // the state an hour later; "" the same
};
constexpr Course kCourses[] = {
    {"", "awaiting_customer", "", "expired"},
    {"tok_ok", "captured", "", ""},
    {"tok_insufficient_funds", "declined", "insufficient_funds", ""},
    {"tok_stolen_card", "declined", "stolen_card", ""},
    {"tok_slow", "processing", "", "captured"},
    {"tok_slow_declined", "processing", "", "declined"},
    {"tok_review", "in_review", "", ""},
};

class Provider {
 public:
    Provider() {
        double_.about["config"] = {{"base_url", "http://127.0.0.1:{port}"},
                                   {"api_key", "double-key"}};
        double_.about["secrets"] = {{"double-key", kKey}};
        double_.about["tokens"] = {{"ok", "tok_ok"},
                                   {"frictionless", "tok_ok"},
                                   {"insufficient_funds", "tok_insufficient_funds"},
                                   {"pending_paid", "tok_slow"},
                                   {"pending_declined", "tok_slow_declined"},
                                   {"under_review", "tok_review"}};
        double_.about["declines"] = {
            Decline("insufficient_funds", "insufficient_funds", "soft", ""),
            Decline("stolen_card", "lost_or_stolen", "hard", "do_not_retry")};
        double_.time_passed = [this] { Settle(); };
        double_.visit = [this](const auto& page, const auto& what) { Visit(page, what); };
        double_.On("POST", "/payments", [this](const Asked& asked) {
            if (!Known(asked)) return Refused(401, "bad_key");
            return double_.Once(
                asked, [&] { return Pay(asked.body); }, Refused(409, "key_reused"));
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
    struct Made {
        Json payment;
        std::string later;
        std::int64_t due = 0;
        std::string answer;  // of the bank, when the customer confirms; "" nobody asked it
    };

    static Json Decline(const std::string& code, const char* reason, const char* hardness,
                        const char* advice) {
        return {{"token", "tok_" + code},
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
        const std::string id = "pay_" + std::to_string(payments_.size() + 1);
        Json payment{{"id", id},
                     {"reference", body["reference"]},
                     {"amount", body["amount"]},
                     {"currency", body["currency"]}};
        if (token.empty()) payment["page"] = kPages + id;
        payments_.push_back({payment, course->later, double_.Now() + kPageLives, ""});
        Become(payments_.back(), course->state, course->code);
        return {201, payments_.back().payment};
    }

    void Become(Made& made, const std::string& state, const std::string& code) {
        made.payment["state"] = state;
        if (!code.empty()) made.payment["code"] = code;
        if (state == "captured")
            double_.Move("payment", made.payment["reference"], made.payment["currency"],
                         made.payment["amount"].get<std::int64_t>());
    }

    // A customer on the page: pays with a card, whose bank may want to be answered first; or
    // leaves.
    void Visit(const std::string& page, const std::string& what) {
        for (Made& made : payments_) {
            if (made.payment.value("page", "") != page ||
                made.payment["state"] != "awaiting_customer")
                continue;
            if (what == "ok") Become(made, "captured", "");
            if (what == "cancel") Become(made, "cancelled", "");
            if (what == "challenge") made.answer = "captured";
            if (what == "challenge_fails") made.answer = "declined";
            if (what == "confirm" && !made.answer.empty())
                Become(made, made.answer, made.answer == "declined" ? "authentication_failed" : "");
            if (what == "refuse") Become(made, "declined", "authentication_failed");
        }
    }

    // What was slow is decided by now, and a page that nobody used is no longer there.
    void Settle() {
        for (Made& made : payments_) {
            const bool open = made.payment["state"] == "processing" ||
                              made.payment["state"] == "awaiting_customer";
            if (open && !made.later.empty() && made.due <= double_.Now())
                Become(made, made.later, made.later == "declined" ? "insufficient_funds" : "");
        }
    }

    Answered Find(const char* member, const std::string& value) const {
        for (const Made& made : payments_)
            if (made.payment[member] == value) return {200, made.payment};
        return Refused(404, "no_such_payment");
    }

    gw::testing::ProviderDouble double_;
    std::vector<Made> payments_;
};

}  // namespace

int main(int argc, char** argv) { return Provider().Run(argc, argv); }
