#include "readings.h"

#include <array>
#include <cstdio>

#include "causes.h"

namespace livery::gocardless {

namespace {

using gw::Json;
using gw::PaymentState;
using gw::TextAt;

gw::Money MoneyAt(const Json& object, std::string_view amount = "amount") {
    return {gw::IntegerAt(object, amount), TextAt(object, "currency")};
}

bool Has(const Json& events, const char* action) {
    for (const Json& event : events) {
        if (TextAt(event, "action") == action) return true;
    }
    return false;
}

PaymentState StateOf(const std::string& status, const Json& events) {
    if (status == "confirmed" || status == "paid_out" || status == "charged_back")
        return PaymentState::kCaptured;
    if (status == "cancelled" || status == "customer_approval_denied")
        return PaymentState::kCancelled;
    if (status == "failed")
        return Has(events, "confirmed") ? PaymentState::kFailedLate : PaymentState::kDeclined;
    return PaymentState::kPending;
}

gw::Error WhyFailed(const Json& events) {
    for (const Json& event : events) {
        const std::string action = TextAt(event, "action");
        const Json* details = gw::Find(event, "details");
        const bool failure = action == "failed" || action == "late_failure_settled";
        if (failure && details != nullptr) return ErrorOfCause(*details);
    }
    return gw::Soft(gw::Reason::kOther);
}

// Of debits nothing comes back but as a whole.
void ReadMoney(const Json& payment, gw::PaymentResult& result) {
    const gw::Money amount = MoneyAt(payment);
    const gw::Money nothing(0, amount.currency());
    const gw::Money refunded = MoneyAt(payment, "amount_refunded");
    const bool taken = result.state == PaymentState::kCaptured;
    const bool back = TextAt(payment, "status") == "charged_back";
    result.amount = amount;
    result.captured = taken ? amount : nothing;
    result.refunded = refunded;
    result.charged_back = back ? amount : nothing;
    if (taken && refunded.minor() > 0)
        result.state = refunded == amount ? PaymentState::kRefunded : PaymentState::kPartlyRefunded;
}

// Days since 1970 of a Gregorian date (Howard Hinnant, "chrono-compatible low-level date
// algorithms"): the standard library of C++17 has none.
std::int64_t DaysFromCivil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto of_era = static_cast<unsigned>(year - era * 400);
    const unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct Civil {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

Civil CivilFromDays(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    const unsigned shifted = (5 * of_year + 2) / 153;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {static_cast<std::int64_t>(year) + era * 400 + (month <= 2 ? 1 : 0), month,
            of_year - (153 * shifted + 2) / 5 + 1};
}

}  // namespace

std::int64_t SecondsOf(const std::string& time) {
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (std::sscanf(time.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u", &year, &month, &day, &hour, &minute,
                    &second) != 6 ||
        month < 1 || month > 12 || time.back() != 'Z')
        throw gw::BadMessage("`" + time + "` is no time");
    return DaysFromCivil(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + second;
}

std::string TimeOf(std::int64_t seconds) {
    const std::int64_t day = (seconds >= 0 ? seconds : seconds - 86'399) / 86'400;
    const auto rest = static_cast<int>(seconds - day * 86'400);
    const Civil civil = CivilFromDays(day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.000Z",
                  static_cast<int>(civil.year), civil.month, civil.day, rest / 3'600,
                  rest / 60 % 60, rest % 60);
    return text.data();
}

bool NeedsEvents(const Json& payment) { return TextAt(payment, "status") == "failed"; }

gw::PaymentResult PaymentOf(const Json& payment, const Json& events) {
    gw::PaymentResult result =
        gw::PaymentResult::In(StateOf(TextAt(payment, "status"), events), TextAt(payment, "id"));
    ReadMoney(payment, result);
    if (TextAt(payment, "status") == "failed") result.error = WhyFailed(events);
    gw::StoredMethod used;
    used.kind = "bank_debit";
    used.token = TextAt(payment, "links.mandate");
    used.mandate = used.token;
    result.method = used;
    return result;
}

gw::RefundResult RefundOf(const Json& refund) {
    const std::string status = TextAt(refund, "status");
    gw::RefundState state = gw::RefundState::kPending;
    if (status == "paid") state = gw::RefundState::kSucceeded;
    const bool failed = status == "cancelled" || status == "bounced" || status == "failed" ||
                        status == "funds_returned";
    if (failed) state = gw::RefundState::kFailed;
    gw::RefundResult result = gw::RefundResult::In(state, TextAt(refund, "id"), MoneyAt(refund));
    if (failed) {
        result.error = gw::Hard(gw::Reason::kBankAccountInvalid);
        result.error->provider_code = status;
    }
    return result;
}

gw::StoredMethod MandateOf(const Json& mandate, const Json& bank_account) {
    gw::StoredMethod method;
    method.kind = "bank_debit";
    method.token = TextAt(mandate, "id");
    method.mandate = TextAt(mandate, "reference");
    method.brand = TextAt(bank_account, "bank_name");
    method.last4 = TextAt(bank_account, "account_number_ending");
    method.customer = TextAt(mandate, "links.customer");
    return method;
}

gw::Transaction TransactionOf(gw::Transaction::Kind kind, const Json& object) {
    gw::Transaction transaction;
    transaction.kind = kind;
    transaction.provider_id = TextAt(object, "id");
    transaction.reference = TextAt(object, "metadata.reference");
    transaction.payment = TextAt(object, "links.payment");
    transaction.amount = MoneyAt(object);
    transaction.at = SecondsOf(TextAt(object, "created_at"));
    transaction.state = kind == gw::Transaction::Kind::kPayment
                            ? gw::ToText(StateOf(TextAt(object, "status"), Json::array()))
                            : gw::ToText(RefundOf(object).state);
    return transaction;
}

gw::Transaction DisputeOf(gw::Transaction::Kind kind, const Json& event, const Json& payment) {
    gw::Transaction transaction;
    transaction.kind = kind;
    transaction.provider_id = TextAt(event, "id");
    transaction.payment = TextAt(payment, "id");
    transaction.amount = MoneyAt(payment);
    transaction.at = SecondsOf(TextAt(event, "created_at"));
    return transaction;
}

gw::Event EventOf(const Json& event) {
    using About = gw::Event::About;
    static const struct {
        const char* type;
        const char* link;
        About about;
    } kKinds[] = {{"payments", "links.payment", About::kPayment},
                  {"refunds", "links.refund", About::kRefund},
                  {"mandates", "links.mandate", About::kMethod},
                  {"billing_requests", "links.billing_request", About::kSetup}};
    gw::Event read;
    read.id = TextAt(event, "id");
    for (const auto& kind : kKinds) {
        if (TextAt(event, "resource_type") != kind.type) continue;
        read.about = kind.about;
        read.provider_id = TextAt(event, kind.link);
        read.reference = TextAt(event, "resource_metadata.reference");
    }
    return read;
}

}  // namespace livery::gocardless
