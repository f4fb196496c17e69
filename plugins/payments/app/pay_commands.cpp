#include <set>
#include <sstream>

#include <fmt/format.h>

#include <livery/db/attempt.h>
#include <livery/json.h>

#include "app/cancel_payment.h"
#include "app/command_answers.h"
#include "app/owed.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 1000;

// What of a list is wanted: nothing given, the newest of all accounts.
template <class Id>
struct Wanted {
    std::optional<AccountId> account;
    std::optional<Id> before;
};
// nullopt, and said so: one of them is no id.
template <class Id>
std::optional<Wanted<Id>> WantedOf(const CommandContext& command) {
    Wanted<Id> wanted;
    if (command.Has("account") && !(wanted.account = AccountId::Parse(command.Get("account")))) {
        Say(command, "--account: acc_…", kUsage);
        return std::nullopt;
    }
    if (command.Has("before") && !(wanted.before = Id::Parse(command.Get("before")))) {
        Say(command, "--before: an id, as the list shows it", kUsage);
        return std::nullopt;
    }
    return wanted;
}

// What was not listed is not kept back in silence.
void PrintList(const CommandContext& command, const Json& list, const char* id) {
    if (command.json) command.print(list.dump());
    if (!command.json && list.empty()) command.print("There are none.");
    if (list.size() == kMostRows)
        command.progress(
            fmt::format("There may be more: --before {}", list.back()[id].get<std::string>()));
}

std::string WayOn(const Tenant& tenant, const Payment& payment) {
    return LinkTo(payment.action_url, payment.action_fields,
                  fmt::format("{}/payments/{}/go", tenant.origin, payment.id.ToString()));
}

void Show(const CommandContext& command, const Payment& payment) {
    command.print(fmt::format("{}  {:<16}  {:>14}  {}  {}", payment.id.ToString(),
                              ToString(payment.state),
                              TextOf(payment.processed.value_or(payment.amount)),
                              ToIso(payment.began_at), payment.reference));
    if (payment.state == PaymentState::kRequiresAction && !payment.action_url.empty())
        command.print("    " + WayOn(command.tenant, payment));
    if (payment.refusal)
        command.print(fmt::format("    {} ({})", payment.refusal->reason,
                                  ToString(ClassOf(*payment.refusal))));
}

Json JsonOf(const Payment& payment) {
    Json json{{"payment", payment.id.ToString()},    {"account", payment.account.ToString()},
              {"origin", ToString(payment.origin)},  {"instance", payment.instance},
              {"state", ToString(payment.state)},    {"amount", TextOf(payment.amount)},
              {"reference", payment.reference},      {"provider_id", payment.provider_id},
              {"began_at", ToIso(payment.began_at)}, {"action_url", payment.action_url},
              {"receipt", payment.receipt}};
    if (!payment.action_fields.empty()) json["action_fields"] = payment.action_fields;
    for (const Share& part : payment.parts)
        json["parts"].push_back(
            {{"invoice", part.invoice.ToString()}, {"amount", TextOf(part.amount)}});
    return json;
}

int ListPayments(const CommandParts& parts, const CommandContext& command) {
    const auto wanted = WantedOf<PaymentId>(command);
    if (!wanted) return kUsage;
    auto list = Json::array();
    for (const Payment& payment :
         PaymentRepository::Page(parts.desk.ports().database, command.tenant.id, wanted->account,
                                 wanted->before, kMostRows)) {
        list.push_back(JsonOf(payment));
        if (!command.json) Show(command, payment);
    }
    PrintList(command, list, "payment");
    return 0;
}

int ListRefunds(const CommandParts& parts, const CommandContext& command) {
    const auto wanted = WantedOf<RefundId>(command);
    if (!wanted) return kUsage;
    auto list = Json::array();
    for (const Refund& refund :
         RefundRepository::Page(parts.desk.ports().database, command.tenant.id, wanted->account,
                                wanted->before, kMostRows)) {
        list.push_back({{"refund", refund.id.ToString()},
                        {"payment", refund.payment.ToString()},
                        {"kind", ToString(refund.kind)},
                        {"state", ToString(refund.state)},
                        {"amount", TextOf(refund.amount)},
                        {"reason", refund.reason},
                        {"receipt", refund.receipt}});
        if (!command.json)
            command.print(fmt::format("{}  {:<10}  {:<9}  {:>14}  {}", refund.id.ToString(),
                                      ToString(refund.kind), ToString(refund.state),
                                      TextOf(refund.amount), refund.payment.ToString()));
    }
    PrintList(command, list, "refund");
    return 0;
}

// "inv_…,inv_…"; nullopt: one of them is no id. Nothing given: none.
std::optional<std::vector<InvoiceId>> InvoicesNamed(const CommandContext& command) {
    std::vector<InvoiceId> invoices;
    if (!command.Has("invoice")) return invoices;
    std::istringstream words(command.Get("invoice"));
    for (std::string word; std::getline(words, word, ',');) {
        const auto id = InvoiceId::Parse(word);
        if (!id) return std::nullopt;
        invoices.push_back(*id);
    }
    return invoices;
}

// The invoices that are named, or everything that is owed, whole; or so much for the oldest.
Result<StartPayment::Wish> WishOf(const CommandParts& parts, const CommandContext& command,
                                  AccountId account, const std::vector<InvoiceId>& invoices) {
    const PaymentPorts& ports = parts.desk.ports();
    StartPayment::Wish wish{
        account, PaymentSettings::Of(command.tenant).instance, Origin::kStaff, {}};
    if (wish.instance.empty()) return Conflict("error.nothing_paid_here");
    if (command.Has("amount")) {
        wish.amount = AmountIn(command);
        if (invoices.empty()) return wish;
    }
    using Owed = std::vector<OwedInvoice>;
    const Owed owed = *db::Rehearse<Owed>(
        ports.database, command.tenant.id,
        [&](db::Transaction& tx) -> Result<Owed> { return OwedBy(tx, ports.invoicing, account); });
    const std::set<InvoiceId> named(invoices.begin(), invoices.end());
    for (const OwedInvoice& one : owed) {
        if (named.empty() || named.contains(one.id))
            wish.parts.push_back({one.id, wish.amount.value_or(one.balance)});
    }
    wish.amount.reset();
    // Of several that are named none is left out without a word.
    if (wish.parts.empty() || wish.parts.size() < named.size())
        return Conflict("error.nothing_owed");
    return wish;
}

// On the kept method that is named, else on the one that is charged first.
Result<void> Choose(const CommandParts& parts, const CommandContext& command,
                    StartPayment::Wish& wish) {
    const Date today = DayOf(parts.desk.ports().time.CivilNow(command.tenant));
    for (const PaymentMethod& kept :
         Chargeable(parts.methods.Of(command.tenant, wish.account), today)) {
        if (command.Has("method") && kept.id.ToString() != command.Get("method")) continue;
        wish.ChargeOn(kept);
        return {};
    }
    if (command.Has("method")) return InvalidField("method", "error.not_active");
    return Conflict("error.no_method");
}

int Pay(const CommandParts& parts, const CommandContext& command) {
    if (command.Has("amount") && !AmountIn(command))
        return Say(command, "--amount: such as 12.50; --currency: such as EUR", kUsage);
    const auto invoices = InvoicesNamed(command);
    if (!invoices) return Say(command, "--invoice: inv_…, or several: inv_…,inv_…", kUsage);
    if (command.Has("amount") && invoices->size() > 1)
        return Say(command, "--amount: with one --invoice at most", kUsage);
    int code = 0;
    const auto account = AccountNamed(parts, command, code);
    if (!account) return code;
    auto wish = WishOf(parts, command, *account, *invoices);
    if (!wish) return Refused(parts, command, wish.error());
    if (const auto chosen = Choose(parts, command, *wish); !chosen)
        return Refused(parts, command, chosen.error());
    const auto paid = parts.start.Run(command.tenant, *wish);
    if (!paid) return Refused(parts, command, paid.error());
    Record(parts, command, "payment.started", SubjectOf(*account), paid->reference);
    if (command.json)
        command.print(JsonOf(*paid).dump());
    else
        Show(command, *paid);
    const bool came_to_nothing = !HasMoney(paid->state) && !IsUnderWay(paid->state);
    return came_to_nothing ? 1 : 0;
}

int Cancel(const CommandParts& parts, const CommandContext& command) {
    const auto payment = PaymentNamed(parts, command);
    if (!payment) return Say(command, "There is no such payment.", 1);
    const auto cancelled = CancelPayment(parts.desk, command.tenant, payment->account, payment->id);
    if (!cancelled) return Refused(parts, command, cancelled.error());
    Record(parts, command, "payment.cancelled", SubjectOf(payment->account), payment->reference);
    return Say(command, fmt::format("{} is {}", payment->id.ToString(), ToString(cancelled->state)),
               cancelled->state == PaymentState::kCancelled ? 0 : 1);
}

}  // namespace

std::vector<Command> PayCommands(const CommandParts& parts) {
    const CommandOption account{"account", "acc_…", false, true};
    const CommandOption some{"account", "acc_…: only those of one", false, false};
    const CommandOption before{"before", "Only older ones than this: the list's last id", false,
                               false};
    return {
        {"list-payments",
         "List payments, the newest first",
         "livery list-payments --tenant harbor --account acc_…",
         {some, before},
         Bound(parts, ListPayments)},
        {"list-refunds",
         "List what went back, the newest first",
         "livery list-refunds --tenant harbor",
         {some, before},
         Bound(parts, ListRefunds)},
        {"pay-invoices",
         "Take money for invoices on a kept method",
         "livery pay-invoices --tenant harbor --account acc_… --invoice inv_…",
         {account,
          {"invoice", "inv_…, or several: inv_…,inv_…; all that are open without", false, false},
          {"amount", "Only so much", false, false},
          {"currency", "Of --amount; the tenant's without", false, false},
          {"method", "pm_…; the one that is charged first without", false, false}},
         Bound(parts, Pay)},
        {"cancel-payment",
         "Let go of a payment that waits for who pays",
         "livery cancel-payment --tenant harbor --payment pay_…",
         {{"payment", "pay_…", false, true}},
         Bound(parts, Cancel)}};
}

}  // namespace livery::payments
