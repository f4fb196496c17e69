// Payments at providers: what subscribers, banks and days do with them.
#include <algorithm>

#include <fmt/format.h>

#include "actions.h"
#include "names.h"
#include "world_payments.h"

namespace livery::golden {

using payments::Payment;
using Does = payments::testing::ScriptedGateways::Does;

namespace {

const std::map<std::string, Does>& Provider() {
    static const std::map<std::string, Does> words{{"takes", Does::kCapture},
                                                   {"takes_part", Does::kCapturePart},
                                                   {"takes_other_currency", Does::kOtherCurrency},
                                                   {"names_another_amount", Does::kEchoOther},
                                                   {"declines", Does::kDecline},
                                                   {"declines_for_good", Does::kDeclineForGood},
                                                   {"wants_customer", Does::kWantCustomer},
                                                   {"asks_customer", Does::kRequireAction},
                                                   {"waits_for_bank", Does::kPend},
                                                   {"cannot_be_reached", Does::kNothingSent},
                                                   {"times_out_taken", Does::kHangCharged},
                                                   {"times_out_for_good", Does::kHangForGood},
                                                   {"times_out_declined", Does::kHangDeclined},
                                                   {"times_out_unheard", Does::kHangUncharged}};
    return words;
}

template <class T>
const T& OneOf(const std::map<std::string, T>& words, const Args& args, const std::string& key) {
    const auto found = words.find(args.Text(key));
    if (found != words.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [word, meaning] : words) known.push_back(word);
    args.Fail(key, fmt::format("`{}` is none of {}", args.Text(key), fmt::join(known, ", ")));
}

AccountId AccountOf(World& world, const Args& args) {
    return AccountNamed(world, args, "account").profile.account;
}

Result<Made> Provide(World& world, const Args& args) {
    const Does does = OneOf(Provider(), args, "does");
    auto& provider = world.payments()->provider();
    const Currency currency = args.CurrencyOr(world.tenant().currency);
    if (does == Does::kCapturePart) provider.part = args.Amount("amount", currency).minor_units();
    if (does == Does::kOtherCurrency) {
        provider.other_currency = currency.code();
        provider.other_amount = args.Amount("amount", currency).minor_units();
    }
    world.payments()->ProviderDoes(does);
    return Made{};
}

Result<Made> PayOnline(World& world, const Args& args) {
    payments::StartPayment::Wish wish;
    if (args.Text("by") == "staff") wish.origin = payments::Origin::kStaff;
    if (args.Has("invoice") || !args.Has("account")) {
        const InvoiceId id = DocumentNamed(world, args, "invoice");
        const auto* document = world.FindDocument(id);
        wish.account = OwnerOf(world, args, id);
        wish.parts = {{id, args.Has("amount") ? args.Amount("amount", document->currency)
                                              : document->Balance()}};
    } else {
        const AccountSetup& account = AccountNamed(world, args, "account");
        wish.account = account.profile.account;
        wish.amount = args.Amount("amount", args.CurrencyOr(account.currency));
    }
    const Payment payment = LIVERY_TRY(world.payments()->Pay(std::move(wish)));
    if (args.Has("as")) world.payments()->names.insert_or_assign(args.Text("as"), payment.id);
    return Made{};
}

Result<Made> Become(World& world, const Args& args) {
    using Provider = payments::testing::ScriptedGateways;
    static const std::map<std::string, void (Provider::*)(const std::string&)> kOutcomes{
        {"taken", &Provider::BankPays},
        {"declined", &Provider::BankDeclines},
        {"given_up", &Provider::CustomerGivesUp},
        {"taken_back", &Provider::BankTakesBack}};
    const Payment payment = PaymentNamed(world, args, "payment");
    (world.payments()->provider().*OneOf(kOutcomes, args, "becomes"))(payment.reference);
    return Made{};
}

Result<Made> Notify(World& world, const Args& args) {
    const std::string about = args.Text("about", "payment");
    if (about != "payment" && about != "dispute")
        args.Fail("about", fmt::format("`{}` is none of payment, dispute", about));
    LIVERY_TRY(
        world.payments()->Tell(args.Text("event"), about, PaymentNamed(world, args, "payment")));
    return Made{};
}

Result<Made> LookUp(World& world, const Args&) {
    world.payments()->Run();
    return Made{};
}

Result<Made> GiveBack(World& world, const Args& args) {
    const Payment payment = PaymentNamed(world, args, "payment");
    payments::Refunds::Wish wish{payment.id, args.Amount("amount", payment.amount.currency()),
                                 args.Text("reason", "a refund")};
    if (args.Has("credit_note")) wish.noted = DocumentNamed(world, args, "credit_note");
    LIVERY_TRY(world.payments()->refunds().Give(world.payments()->tenant(), wish));
    return Made{};
}

// The bank holds so much of it from now on, and the provider tells us.
Result<Made> ChargeBack(World& world, const Args& args) {
    const Payment payment = PaymentNamed(world, args, "payment");
    const Money taken = payment.processed.value_or(payment.amount);
    const Money held =
        args.Has("amount") ? args.Amount("amount", args.CurrencyOr(taken.currency())) : taken;
    world.payments()->provider().BankHolds(payment.reference, held.minor_units());
    const std::string event = fmt::format("dispute-{}-{}", payment.reference, ToIso(world.now()));
    LIVERY_TRY(world.payments()->Tell(args.Text("event", event), "dispute", payment));
    return Made{};
}

Result<Made> AddCard(World& world, const Args& args) {
    LIVERY_TRY(world.payments()->methods().SetUp(world.payments()->tenant(),
                                                 {AccountOf(world, args), "cards", "en", ""}));
    return Made{};
}

Result<Made> PayAutomatically(World& world, const Args& args) {
    LIVERY_TRY(world.payments()->SetAutomatic(AccountOf(world, args), args.Flag("on", true)));
    return Made{};
}

Result<Made> MakePromise(World& world, const Args& args) {
    LIVERY_TRY(world.payments()->collection().dunning().Promise(
        world.payments()->tenant(), AccountOf(world, args), DayOf(args.Time("pays_by")),
        "subscriber"));
    return Made{};
}

Result<Made> Object(World& world, const Args& args) {
    const InvoiceId id = DocumentNamed(world, args, "invoice");
    const auto* document = world.FindDocument(id);
    const payments::Objection objection = LIVERY_TRY(world.payments()->objections().Open(
        world.payments()->tenant(),
        {OwnerOf(world, args, id), id, args.Amount("amount", document->currency),
         args.Text("reason", "not ordered")}));
    world.payments()->objection_names.insert_or_assign(args.Text("as", "objection"), objection.id);
    return Made{};
}

Result<Made> DecideObjection(World& world, const Args& args) {
    const std::string name = args.Text("objection", "objection");
    const auto found = world.payments()->objection_names.find(name);
    if (found == world.payments()->objection_names.end())
        args.Fail("objection", fmt::format("no objection was named `{}`", name));
    LIVERY_TRY(world.payments()->objections().Decide(world.payments()->tenant(), found->second,
                                                     args.Flag("right", true),
                                                     args.Text("reason", "looked at")));
    return Made{};
}

Result<Made> Decide(World& world, const Args& args) {
    LIVERY_TRY(world.payments()->desk().Decide(
        world.payments()->tenant(), PaymentNamed(world, args, "payment"),
        {args.Flag("taken", true), "J. Roe", args.Text("reason"), {}, "seen-there"}));
    return Made{};
}

}  // namespace

void AddProviderActions(ActionMap& actions) {
    const auto add = [&](const char* name, config::TypeDoc words,
                         Result<Made> (*run)(World&, const Args&)) {
        actions[name] = {std::move(words), nullptr, run};
    };
    add("provider", Words({"does"}, {"amount", "currency"}), Provide);
    add("pay_online", Words({}, {"invoice", "amount", "account", "currency", "by", "as"}),
        PayOnline);
    add("provider_payment", Words({"becomes"}, {"payment"}), Become);
    add("notify", Words({"event"}, {"payment", "about"}), Notify);
    add("look_up_payments", Words({}, {}), LookUp);
    add("refund_payment", Words({"amount"}, {"payment", "reason", "credit_note"}), GiveBack);
    add("charge_back", Words({}, {"payment", "amount", "currency", "event"}), ChargeBack);
    add("decide_payment", Words({"taken", "reason"}, {"payment"}), Decide);
    add("object", Words({"amount"}, {"invoice", "account", "reason", "as"}), Object);
    add("decide_objection", Words({"right"}, {"objection", "reason"}), DecideObjection);
    add("add_card", Words({}, {"account"}), AddCard);
    add("pay_automatically", Words({}, {"account", "on"}), PayAutomatically);
    add("promise", Words({"pays_by"}, {"account"}), MakePromise);
}

}  // namespace livery::golden
