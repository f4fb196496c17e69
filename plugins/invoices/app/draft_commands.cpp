#include "app/draft_commands.h"

#include <fmt/format.h>

#include "app/document_json.h"
#include "storage/document_repository.h"

namespace livery::invoices {

namespace {

constexpr int kUsage = 64;
constexpr std::size_t kMostListed = 1000;
const CommandOption kDraft{"draft", "The draft's id, as `livery drafts` prints it", false, true};

struct Refusal {
    std::string_view reason;
    const char* text;
};
constexpr Refusal kRefusals[]{
    {"error.not_a_draft", "It is no draft (any more); see `livery drafts`."},
    {"error.more_than_left", "--amount: its charges do not come to as much."},
    {"error.amount", "--amount: more than nothing, in the draft's own currency (--currency)."},
    {"error.not_owed", "What it asks for was paid already; there is nothing to make final."},
    {"error.of_children", "It gathers invoices of others: lower those, and it follows."},
};

std::string TextOf(const Error& error) {
    if (error.code == ErrorCode::kNotFound) return "There is no such draft; see `livery drafts`.";
    const std::string& reason = error.fields.empty() ? error.message : error.fields.front().message;
    for (const Refusal& refusal : kRefusals) {
        if (refusal.reason == reason) return refusal.text;
    }
    return "Refused: " + reason;
}

std::string AmountText(const Money& amount) {
    return fmt::format("{} {}", amount.ToDecimal(), amount.currency().code());
}

int List(const DraftCommandParts& parts, const CommandContext& command) {
    const TenantPage page = DocumentRepository::ListDrafts(
        parts.database, command.tenant.id, {std::nullopt, std::nullopt, kMostListed});
    auto list = nlohmann::ordered_json::array();
    for (const ListedDocument& listed : page.rows) {
        const DocumentSums sums{listed.document, listed.net, listed.tax, listed.period};
        if (command.json) {
            list.push_back(DraftJson(sums));
        } else {
            command.print(fmt::format(
                "{}  {}  {}  {:<11}  {:>14}", listed.document.id.ToString(),
                listed.document.account.ToString(), ToIso(DayOf(listed.document.made_at)),
                ToString(listed.document.status), AmountText(listed.Total())));
        }
    }
    if (command.json) command.print(list.dump());
    if (page.next) command.progress(fmt::format("The newest {} only.", kMostListed));
    return 0;
}

// Does something to the draft of --draft in one transaction, and prints what it is after that.
template <class Work>
int Change(const DraftCommandParts& parts, const CommandContext& command, const Work& work) {
    const auto id = InvoiceId::Parse(command.Get("draft"));
    if (!id) {
        command.print("--draft: write its id (inv_…), as `livery drafts` prints it");
        return kUsage;
    }
    const CivilTime now = parts.time.ToCivil(command.tenant, command.now);
    Result<Document> changed = NotFound("no such draft");
    parts.database.Transact(command.tenant.id, [&](db::Transaction& tx) {
        changed = NotFound("no such draft");
        const auto owner = DocumentRepository::OwnerOfDraft(tx, *id);
        if (!owner) return;
        Biller biller(parts.ports);
        if (const Result<void> done = work(biller, tx, *owner, *id, now); !done) {
            changed = done.error();
        } else {
            changed = *parts.ports.books.Load(tx, *owner).Find(*id);
        }
    });
    if (!changed) {
        command.print(TextOf(changed.error()));
        return 1;
    }
    if (command.json) {
        command.print(
            (changed->IsFinal() ? JsonOf(*changed, DayOf(now)) : DraftJson(*changed)).dump());
    } else {
        command.print(fmt::format("{}: {}",
                                  changed->number.empty() ? id->ToString() : changed->number,
                                  AmountText(changed->Total())));
    }
    return 0;
}

int Finalize(const DraftCommandParts& parts, const CommandContext& command) {
    return Change(parts, command,
                  [](Biller& biller, db::Transaction& tx, AccountId account, InvoiceId draft,
                     CivilTime now) { return biller.FinalizeDraft(tx, account, draft, now); });
}

int Credit(const DraftCommandParts& parts, const CommandContext& command) {
    const auto number = Decimal::Parse(command.Get("amount"));
    if (!number || *number <= Decimal(0)) {
        command.print("--amount: write an amount above nothing, such as 20.00");
        return kUsage;
    }
    const auto as =
        command.Has("reduction") ? Biller::DraftCredit::kReduction : Biller::DraftCredit::kGranted;
    const std::string code = command.Get("currency");
    const auto currency = code.empty() ? command.tenant.currency : Currency::Parse(code);
    const auto amount = currency ? MoneyFrom(*number, *currency) : std::nullopt;
    if (!amount) {
        command.print("--amount, --currency: no amount of a currency that is known");
        return kUsage;
    }
    return Change(parts, command,
                  [&](Biller& biller, db::Transaction& tx, AccountId account, InvoiceId draft,
                      CivilTime now) {
                      return biller.CreditDraft(tx, account, draft, {*amount, as}, now);
                  });
}

}  // namespace

std::vector<Command> DraftCommands(const DraftCommandParts& parts) {
    const auto with = [parts](auto run) {
        return [parts, run](const CommandContext& command) { return run(parts, command); };
    };
    return {{"drafts",
             "List what is no invoice yet: drafts, and what waits for its taxes",
             "livery drafts --tenant harbor",
             {},
             with(List)},
            {"credit-draft",
             "Lower a draft before it is final",
             "livery credit-draft --tenant harbor --draft inv_… --amount 20.00",
             {kDraft,
              {"amount", "How much, in the draft's currency", false, true},
              {"currency", "The draft's, when it is not the tenant's"},
              {"reduction", "Lower its prices, before tax, instead of granting an amount", true}},
             with(Credit)},
            {"finalize-draft",
             "Make a draft final: it gets its number and is owed",
             "livery finalize-draft --tenant harbor --draft inv_…",
             {kDraft},
             with(Finalize)}};
}

}  // namespace livery::invoices
