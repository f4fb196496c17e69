#include "sandbox/api/views.h"

#include <algorithm>
#include <array>

#include "sandbox/book/scenario.h"
#include "sandbox/pages/posted_way.h"

namespace livery::sandbox {

namespace {

// As card schemes say it: the code of ISO 8583 field 39, and the merchant advice code.
struct SchemeCodes {
    std::string_view code;
    std::string_view network;
    std::string_view advice;
};
constexpr auto kSchemeCodes = std::to_array<SchemeCodes>({
    {"insufficient_funds", "51", "24"},
    {"limit_exceeded", "61", "24"},
    {"expired_card", "54", "01"},
    {"wrong_number", "14", "01"},
    {"wrong_cvc", "N7", "01"},
    {"wrong_pin", "55", ""},
    {"stolen_card", "43", "03"},
    {"pick_up_card", "04", "03"},
    {"suspected_fraud", "59", "03"},
    {"do_not_honour", "05", ""},
    {"not_permitted", "57", "03"},
    {"account_closed", "46", "03"},
    {"issuer_unavailable", "91", "24"},
    {"authentication_required", "65", ""},
});

void PutText(Json& json, const char* key, std::string_view text) {
    if (!text.empty()) json[key] = text;
}

// Where the customer goes on; with fields, the shop posts them there.
void PutPage(Json& json, const auto& one, const std::string& origin) {
    json["page"] = origin + "/pay/" + one.session;
    if (IsReachedByPost(one)) json["page_fields"] = PostedFields(one);
}

// A magic token has no record: what it stands for is in the table.
Json MethodOf(const Payment& payment, const StoredMethod* kept) {
    if (kept != nullptr) return ViewOf(*kept);
    const Scenario* scenario = ByToken(payment.token);
    if (scenario == nullptr) return nullptr;
    Json json{{"token", payment.token}, {"kind", scenario->kind}};
    const std::string number = CardNumber(*scenario);
    if (number.empty()) return json;
    json["brand"] = BrandOf(number);
    json["last4"] = number.substr(number.size() - 4);
    json["expiry"] = {{"month", 12}, {"year", 2034}};
    return json;
}

}  // namespace

Json DeclineOf(std::string_view code) {
    Json json{{"code", code}, {"message", "The payment was refused: " + std::string(code) + "."}};
    const auto found = std::find_if(kSchemeCodes.begin(), kSchemeCodes.end(),
                                    [&](const SchemeCodes& row) { return row.code == code; });
    if (found == kSchemeCodes.end()) return json;
    PutText(json, "network_code", found->network);
    PutText(json, "advice_code", found->advice);
    return json;
}

Json ViewOf(const Payment& payment, const StoredMethod* kept, const std::string& origin) {
    Json json{{"id", payment.id},
              {"reference", payment.reference},
              {"state", payment.state},
              {"amount", payment.amount},
              {"currency", payment.currency},
              {"captured", payment.captured},
              {"refunded", payment.refunded},
              {"fee", payment.fee},
              {"created", payment.created}};
    PutText(json, "customer", payment.customer);
    PutText(json, "dispute", payment.dispute);
    PutText(json, "network_transaction_id", payment.network_transaction_id);
    if (payment.state == "awaiting_customer") PutPage(json, payment, origin);
    if (payment.expires != 0) json["expires"] = payment.expires;
    if (!payment.code.empty()) json["decline"] = DeclineOf(payment.code);
    if (Json method = MethodOf(payment, kept); !method.is_null())
        json["method"] = std::move(method);
    return json;
}

Json ViewOf(const Refund& refund) {
    Json json{{"id", refund.id},          {"payment", refund.payment},
              {"state", refund.state},    {"reference", refund.reference},
              {"amount", refund.amount},  {"currency", refund.currency},
              {"created", refund.created}};
    if (!refund.code.empty()) json["decline"] = DeclineOf(refund.code);
    return json;
}

Json ViewOf(const Setup& setup, const StoredMethod* kept, const std::string& origin) {
    Json json{{"id", setup.id},
              {"reference", setup.reference},
              {"state", setup.state},
              {"created", setup.created}};
    PutText(json, "customer", setup.customer);
    if (setup.state == "awaiting_customer") PutPage(json, setup, origin);
    if (setup.expires != 0) json["expires"] = setup.expires;
    if (!setup.code.empty()) json["decline"] = DeclineOf(setup.code);
    if (kept != nullptr) json["method"] = ViewOf(*kept);
    return json;
}

Json ViewOf(const StoredMethod& method) {
    Json json{{"token", method.token}, {"kind", method.kind}};
    PutText(json, "brand", method.brand);
    PutText(json, "last4", method.last4);
    PutText(json, "customer", method.customer);
    PutText(json, "network_transaction_id", method.network_transaction_id);
    json["expiry"] = {{"month", method.expiry_month}, {"year", method.expiry_year}};
    if (method.detached) json["detached"] = true;
    return json;
}

Json ViewOf(const Movement& movement) {
    return {{"id", movement.id},
            {"kind", movement.kind},
            {"payment", movement.payment},
            {"object", movement.object},
            {"reference", movement.reference},
            {"amount", movement.amount},
            {"currency", movement.currency},
            {"fee", movement.fee},
            {"at", movement.at}};
}

Json ViewOf(const Event& event) {
    return {
        {"id", event.id},
        {"type", event.type},
        {"created", event.created},
        {"data", {{"about", event.about}, {"id", event.object}, {"reference", event.reference}}}};
}

}  // namespace livery::sandbox
