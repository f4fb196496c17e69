#include <algorithm>

#include <fmt/format.h>

#include "conformance/checks/groups.h"

namespace livery::conformance::err {

namespace {

Reply Start(Shop& shop, const std::string& reference, const std::string& token,
            const char* wire_fault = nullptr) {
    const WireFault* fault = wire_fault == nullptr ? nullptr : FindWireFault(wire_fault);
    return shop.Call("payment.start/1", Order(reference, 1'000, "EUR", token), {0, fault});
}

Json Declined(Shop& shop, const PublishedDecline& decline) {
    const std::string reference = shop.NewReference();
    const Reply reply =
        Done(shop, "payment.start/1", Order(reference, 1'000, "EUR", decline.token));
    Expect(reply.state() == "declined", decline.code + " is not declined", reply);
    Expect(Moved(shop, reference).empty(), decline.code + " moved money");
    return reply.message.at("error");
}

bool IsSuccess(const Reply& reply) {
    const std::string state = reply.state();
    return state == "captured" || state == "authorised" || state == "partly_captured";
}

// Answered, but with what cannot be an answer: the payment was made, so nobody may call it failed.
void NeverDecided(Shop& shop, const char* fault) {
    const Reply reply = Start(shop, shop.NewReference(), NeedToken(shop, "ok"), fault);
    Expect(!IsSuccess(reply), fmt::format("{} is taken for a success", fault), reply);
    Expect(reply.fate == Reply::Fate::kUnknown || reply.state() == "pending",
           fmt::format("{} is taken for an end", fault), reply);
}

}  // namespace

void PublishedDeclines(Shop& shop) {
    Expect(!shop.provider().Declines().empty(),
           "the double publishes no decline: nothing is asked");
    for (const PublishedDecline& decline : shop.provider().Declines()) {
        const Json error = Declined(shop, decline);
        const std::string got =
            fmt::format("{} {}", error.value("reason", ""), error.value("hardness", ""));
        Expect(got == fmt::format("{} {}", decline.reason, decline.hardness),
               fmt::format("{} is read as {}", decline.code, got));
        Expect(decline.advice.empty() || error.value("advice", "") == decline.advice,
               fmt::format("{} advises {}", decline.code, error.dump()));
    }
}

void AdviceDoNotRetry(Shop& shop) {
    const auto declines = shop.provider().Declines();
    const auto ends = [](const PublishedDecline& one) { return one.advice == "do_not_retry"; };
    if (std::none_of(declines.begin(), declines.end(), ends))
        throw Waived("the double publishes no decline that must not be tried again");
    for (const PublishedDecline& decline : declines) {
        if (!ends(decline)) continue;
        const Json error = Declined(shop, decline);
        Expect(error.value("advice", "") == "do_not_retry",
               decline.code + " may be tried again: " + error.dump());
    }
}

void RetryAfter(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Reply reply = Start(shop, reference, NeedToken(shop, "ok"), "too_many_requests");
    Expect(reply.category() == "rate_limited", "429 is not rate_limited", reply);
    Expect(reply.message["error"].value("retry_after_seconds", 0) > 0, "it does not say when",
           reply);
    Expect(Moved(shop, reference).empty(), "429 moved money");
}

void ForbiddenIsConfiguration(Shop& shop) {
    static constexpr WireFault kUnauthorised{"401", 0, false, true, true, 401, "{}"};
    static constexpr WireFault kForbidden{"403", 0, false, true, true, 403, "{}"};
    for (const WireFault* fault : {&kUnauthorised, &kForbidden}) {
        const Reply reply =
            shop.Call("payment.start/1",
                      Order(shop.NewReference(), 1'000, "EUR", NeedToken(shop, "ok")), {0, fault});
        Expect(reply.category() == "configuration",
               fmt::format("{} is no configuration", fault->name), reply);
        // Of a lookup it must end nothing.
        const Reply found =
            shop.Call("payment.lookup/1", LookupOf("pay_1", "reference"), {0, fault});
        Expect(found.state() != "failed" && found.state() != "declined" &&
                   found.state() != "not_found",
               "a lookup that was refused ends the payment", found);
    }
}

void ServerErrorIsUnknown(Shop& shop) {
    for (const char* fault : {"error_500", "error_502_page", "error_503_before"})
        NeverDecided(shop, fault);
}

void BadRequestNamesField(Shop& shop) {
    const Reply reply = Start(shop, shop.NewReference(), "tok_that_is_not");
    Expect(reply.category() == "invalid_request", "it is no invalid_request", reply);
    Expect(!reply.message["error"].value("field", "").empty(), "it names no field", reply);
}

void BrokenAnswersNeverSuccess(Shop& shop) {
    for (const char* fault :
         {"html_page", "empty_body", "truncated_json", "not_found_page", "not_utf8"})
        NeverDecided(shop, fault);
}

void ErrorInSuccess(Shop& shop) { NeverDecided(shop, "error_in_success"); }

void RawCodeKept(Shop& shop) {
    for (const PublishedDecline& decline : shop.provider().Declines()) {
        const Json error = Declined(shop, decline);
        Expect(error.value("provider_code", "") == decline.code,
               decline.code + " is lost: " + error.dump());
    }
}

}  // namespace livery::conformance::err
