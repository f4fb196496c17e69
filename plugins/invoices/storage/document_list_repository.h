#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/document.h"
#include "storage/page_of.h"

namespace livery::invoices {

// A final document in its account's list: what the list shows and no more, read for every view of
// it.
struct DocumentRow {
    InvoiceId id;
    DocumentKind kind{};
    Status status{};
    std::string number;
    CivilTime issued_at{};
    Date due_on{};
    Money total;
    Money paid;     // less what was paid back
    Money balance;  // as Document::Balance
    std::optional<Span> period;

    bool IsOverdue(Date today) const { return invoices::IsOverdue(kind, status, due_on, today); }
    bool operator==(const DocumentRow&) const = default;
};

struct ListQuery {
    enum class Which { kAll, kOpen, kPaid, kCreditNotes };
    Which which = Which::kAll;
    std::optional<InvoiceId> before;  // the last one of the page before
    std::size_t limit = 25;
};

using ListPage = PageOf<DocumentRow>;

// What is owed and what is left of credit, in one currency.
struct Standing {
    Currency currency;
    Money owed;
    Money overdue;
    Money credit;

    bool operator==(const Standing&) const = default;
};

struct AccountStanding {
    std::vector<Standing> by_currency;  // where anything is owed or left
    bool has_pending = false;           // ListPending has something to say

    bool operator==(const AccountStanding&) const = default;
};

// The list of one account's final documents, which everybody looks at, and how the account stands.
// Nothing is locked.
class DocumentListRepository {
 public:
    static ListPage List(db::Database& database, const TenantId& tenant, AccountId account,
                         const ListQuery& query);
    // The newest of all, and how the account stands: List and StandingOf at once.
    struct FirstPage {
        ListPage page;
        AccountStanding standing;
    };
    static FirstPage ListFirst(db::Database& database, const TenantId& tenant, AccountId account,
                               Date today, std::size_t limit = 25);
    // What is open, the longest due first. Their periods are not looked up.
    static std::vector<DocumentRow> DueFirst(db::Database& database, const TenantId& tenant,
                                             AccountId account, std::size_t most);
    static AccountStanding StandingOf(db::Database& database, const TenantId& tenant,
                                      AccountId account, Date today);
};

}  // namespace livery::invoices
