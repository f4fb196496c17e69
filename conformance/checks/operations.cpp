#include "conformance/checks/operations.h"

#include <algorithm>
#include <memory>

#include "conformance/checks/kept.h"

namespace livery::conformance {

namespace {

ReadyOperation Start(Shop& shop) {
    const std::string reference = shop.NewReference();
    return {"payment.start",
            {"payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, "ok")),
             "payment.lookup/1", LookupOf("", reference)},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation Declined(Shop& shop) {
    const std::string reference = shop.NewReference();
    return {
        "payment.start (declined)",
        {"payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, "insufficient_funds")),
         "payment.lookup/1", LookupOf("", reference)},
        reference,
        "",
        "declined"};
}

ReadyOperation Capture(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
    return {"payment.capture",
            {"payment.capture/1", CaptureOf(held, 1'000, "EUR"), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "authorised"},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation Refund(Shop& shop) {
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "ok", "captured");
    const std::string reference = shop.NewReference();
    return {"refund.create",
            {"refund.create/1",
             RefundOf(paid, reference, 400, "EUR"),
             "refund.lookup/1",
             {{"payment", paid.at("provider_id")}, {"reference", reference}}},
            reference,
            "refund 400 EUR",
            "succeeded"};
}

// What was not sent to the bank yet.
ReadyOperation Withdraw(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "pending");
    return {"payment.cancel",
            {"payment.cancel/1", CancelOf(held), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "pending"},
            reference,
            "",
            "cancelled"};
}

ReadyOperation Cancel(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json held = Pay(shop, reference, 1'000, "ok", "authorised", {{"capture", "manual"}});
    return {"payment.cancel",
            {"payment.cancel/1", CancelOf(held), "payment.lookup/1",
             LookupOf(held.at("provider_id"), reference), "authorised"},
            reference,
            "",
            "cancelled"};
}

std::string PageOf(const Reply& reply, const std::string& operation) {
    const std::string page =
        reply.message.value("action", Json::object()).value("url", std::string());
    Expect(page.starts_with("http"), operation + " shows a page that is none", reply);
    return page;
}

// The host sends one once: a customer who heard nothing of it begins another. The page that it
// leads to must lead to a method.
ReadyOperation StartSetup(Shop& shop) {
    const auto reference = std::make_shared<std::string>();
    const auto ask = [&shop, reference] {
        *reference = shop.NewReference();
        return SetupOf(*reference, "cus-1");
    };
    const auto can_be_kept = [reference](Shop& with, const Reply& last) {
        with.provider().Visit(PageOf(last, "setup.start"), "ok");
        Hear(with);
        const Reply kept =
            with.Call("setup.lookup/1",
                      {{"provider_id", last.message.at("provider_id")}, {"reference", *reference}});
        Expect(kept.state() == "active", "setup.start: its page keeps nothing", kept);
    };
    return {"setup.start",     {"setup.start/1", ask(), "", {}, "", ask},
            "setup",           "",
            "requires_action", can_be_kept};
}

// On a page of the provider: only what was shown can be paid, and only once.
ReadyOperation StartPage(Shop& shop) {
    const std::string reference = shop.NewReference();
    const auto can_be_paid = [reference](Shop& with, const Reply& last) {
        if (!last.message.contains("action")) return;  // found by a lookup
        with.provider().Visit(PageOf(last, "payment.start"), "ok");
        const Json paid = Lookup(with, last.message.value("provider_id", ""), reference);
        Expect(paid["state"] == "captured", "payment.start: what was paid is " + paid.dump());
        Expect(Moved(with, reference) == "payment 1000 EUR", Moved(with, reference));
    };
    return {"payment.start (page)",
            {"payment.start/1", Order(reference, 1'000, "EUR", ""), "payment.lookup/1",
             LookupOf("", reference)},
            reference,
            "",
            "requires_action",
            can_be_paid};
}

// A page that is still open. Some providers say afterwards that it has expired.
ReadyOperation CancelPage(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Reply begun = shop.Call("payment.start/1", Order(reference, 1'000, "EUR", ""));
    Expect(begun.state() == "requires_action", "without a method there is no page", begun);
    const auto cannot_be_paid = [page = PageOf(begun, "payment.start"), reference](Shop& with,
                                                                                   const Reply&) {
        with.provider().Visit(page, "ok");
        Expect(Moved(with, reference).empty(), "payment.cancel: the page can still be paid on");
    };
    return {"payment.cancel (page)",
            {"payment.cancel/1", CancelOf(begun.message), "payment.lookup/1",
             LookupOf(begun.message.value("provider_id", ""), reference), "requires_action"},
            reference,
            "",
            "cancelled",
            cannot_be_paid,
            "expired"};
}

ReadyOperation LookupSetup(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Reply begun = shop.Call("setup.start/1", SetupOf(reference, "cus-1"));
    Expect(begun.state() == "requires_action", "a setup shows no page", begun);
    shop.provider().Visit(begun.message.at("action").at("url"), "ok");
    Hear(shop);
    const Json lookup{{"provider_id", begun.message.at("provider_id")}, {"reference", reference}};
    return {"setup.lookup", {"setup.lookup/1", lookup, "", {}}, reference, "", "active"};
}

ReadyOperation Detach(Shop& shop) {
    const Kept kept = KeepOne(shop, "cus-1");
    const auto is_gone = [token = kept.token](Shop& with, const Reply& last) {
        Expect(!last.message.contains("error"), "method.detach: it cannot be detached", last);
        if (!with.Can("charge_later")) return;
        const Reply charged = ChargeKept(with, token, "cus-1");
        Expect(charged.state() == "declined", "method.detach: what was detached is charged",
               charged);
    };
    return {"method.detach",
            {"method.detach/1", DetachOf(kept.token, "cus-1"), "", {}},
            "detached",
            "",
            "",
            is_gone};
}

// The customer has paid, and comes back.
ReadyOperation Continue(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Reply begun = shop.Call("payment.start/1", Order(reference, 1'000, "EUR", ""));
    Expect(begun.state() == "requires_action", "without a method there is no page", begun);
    shop.provider().Visit(begun.message.at("action").at("url"), "ok");
    const std::string id = begun.message.value("provider_id", "");
    Json back = LookupOf(id, reference);
    back["query"] = Json::object();
    return {"payment.continue",
            {"payment.continue/1", back, "payment.lookup/1", LookupOf(id, reference)},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation LookupPayment(Shop& shop) {
    const std::string reference = shop.NewReference();
    const Json paid = Pay(shop, reference, 1'000, "ok", "captured");
    const Json lookup = LookupOf(paid.at("provider_id"), reference);
    return {"payment.lookup",
            {"payment.lookup/1", lookup, "payment.lookup/1", lookup},
            reference,
            "payment 1000 EUR",
            "captured"};
}

ReadyOperation LookupRefund(Shop& shop) {
    ReadyOperation refund = Refund(shop);
    Done(shop, refund.errand.operation, refund.errand.message);
    refund.name = "refund.lookup";
    refund.errand.operation = refund.errand.lookup_operation;
    refund.errand.message = refund.errand.lookup;
    return refund;
}

ReadyOperation List(Shop&) {
    const auto is_list = [](Shop&, const Reply& last) {
        Expect(last.message.contains("transactions"), "transactions.list: there is no list", last);
    };
    return {"transactions.list",
            {"transactions.list/1", {{"from", 0}, {"to", 4'000'000'000}}, "", {}},
            "listed",
            "",
            "",
            is_list};
}

// Whatever went wrong on the way says nothing of the credentials, which are right.
ReadyOperation CheckConfig(Shop&) {
    const auto are_right = [](Shop&, const Reply& last) {
        Expect(!last.message.contains("error"), "check_config: what is right is called wrong",
               last);
    };
    return {"check_config", {"check_config/1", Json::object(), "", {}}, "checked", "", "",
            are_right};
}

}  // namespace

bool IsUnsafe(const Sent& sent) { return sent.method != "GET" && sent.method != "HEAD"; }

std::size_t ChangingRequest(Shop& shop, const Prepare& prepare) {
    const ReadyOperation ready = prepare(shop);
    shop.Call(ready.errand.operation, ready.errand.message);
    const auto& sent = shop.sent();
    return static_cast<std::size_t>(std::find_if(sent.begin(), sent.end(), IsUnsafe) -
                                    sent.begin());
}

std::vector<Prepare> ChangingOperations(Shop& shop) {
    std::vector<Prepare> operations{Start};
    if (!shop.provider().Token("insufficient_funds").empty()) operations.emplace_back(Declined);
    if (shop.Can("manual_capture")) operations.emplace_back(Capture);
    if (shop.Can("manual_capture") && shop.Can("cancel")) operations.emplace_back(Cancel);
    if (DecidesDaysLater(shop) && shop.Can("cancel")) operations.emplace_back(Withdraw);
    if (shop.Can("refund")) operations.emplace_back(Refund);
    return operations;
}

std::vector<Prepare> AllOperations(Shop& shop) {
    std::vector<Prepare> operations = ChangingOperations(shop);
    operations.emplace_back(LookupPayment);
    if (shop.Can("refund")) operations.emplace_back(LookupRefund);
    if (shop.Can("redirect")) operations.insert(operations.end(), {StartPage, Continue});
    if (shop.Can("redirect") && shop.Can("cancel")) operations.emplace_back(CancelPage);
    if (shop.Can("setup")) operations.insert(operations.end(), {StartSetup, LookupSetup});
    if (shop.Can("setup") && shop.Can("detach")) operations.emplace_back(Detach);
    if (shop.Can("list_transactions")) operations.emplace_back(List);
    operations.emplace_back(CheckConfig);
    return operations;
}

}  // namespace livery::conformance
