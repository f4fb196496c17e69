#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <livery/db/database.h>

#include "domain/account_book.h"
#include "storage/page_of.h"

namespace livery::invoices {

// A document as lists show it: `document` has no lines and no buyer, so its amounts stand beside
// it.
struct ListedDocument {
    Document document;
    Money net;
    Money tax;
    std::optional<Span> period;

    Money Total() const { return net + tax; }
    Money Balance() const { return document.BalanceOf(Total()); }
    bool IsOverdue(Date today) const { return document.IsOverdue(today); }
};

using TenantPage = PageOf<ListedDocument>;

// Final documents as subscribers read them: always of one account, so that what is not theirs is
// not there. Nothing is locked.
class DocumentRepository {
 public:
    static std::optional<Document> Find(db::Database& database, const TenantId& tenant,
                                        AccountId account, InvoiceId id);
    // The document that has this line.
    static std::optional<Document> FindByLine(db::Database& database, const TenantId& tenant,
                                              AccountId account, InvoiceLineId line);
    // What is complete but for its taxes: no number, nobody owes it yet. Newest first.
    static std::vector<ListedDocument> ListPending(db::Database& database, const TenantId& tenant,
                                                   AccountId account);
    static std::optional<Document> FindPending(db::Database& database, const TenantId& tenant,
                                               AccountId account, InvoiceId id);
    // What is no document yet, drafts and what waits for its taxes: of the whole tenant, or of one
    // account; the newest first, by id.
    struct DraftQuery {
        std::optional<AccountId> account;
        std::optional<InvoiceId> before;  // the last one of the page before
        std::size_t limit = 25;
    };
    static TenantPage ListDrafts(db::Database& database, const TenantId& tenant,
                                 const DraftQuery& query);
    static std::optional<Document> FindDraft(db::Database& database, const TenantId& tenant,
                                             InvoiceId id);
    // Whose draft it is.
    static std::optional<AccountId> OwnerOfDraft(db::Transaction& tx, InvoiceId id);
    // Of the whole tenant, for its own programs: the newest first, by id.
    struct TenantQuery {
        DocumentKind kind = DocumentKind::kInvoice;
        std::optional<AccountId> account;
        std::optional<InvoiceId> before;  // the last one of the page before
        std::size_t limit = 25;
    };
    static TenantPage ListOfTenant(db::Database& database, const TenantId& tenant,
                                   const TenantQuery& query);
    static std::optional<Document> FindOfTenant(db::Database& database, const TenantId& tenant,
                                                InvoiceId id);
    // Whose final document it is.
    static std::optional<AccountId> OwnerOf(db::Transaction& tx, InvoiceId id);
    // Issued from the first to the last day, both included, oldest first, with their lines; from
    // `after` on, at most `limit`.
    struct RangeQuery {
        Date first{};
        Date last{};
        std::optional<InvoiceId> after;
        std::size_t limit = 100;
    };
    static std::vector<Document> InRange(db::Database& database, const TenantId& tenant,
                                         AccountId account, const RangeQuery& query);
    // The documents that say they correct this one.
    static std::vector<ListedDocument> NotesOn(db::Database& database, const TenantId& tenant,
                                               AccountId account, InvoiceId invoice);
    // Of final documents of an account; what is none of its is left out.
    static std::map<InvoiceId, std::string> NumbersOf(db::Database& database,
                                                      const TenantId& tenant, AccountId account,
                                                      const std::set<InvoiceId>& documents);
    static std::vector<Payment> Payments(db::Database& database, const TenantId& tenant,
                                         AccountId account);
    // Documents with lines of one subscription, newest first, and until when it is charged.
    struct OfSubscription {
        std::vector<ListedDocument> documents;
        std::optional<CivilTime> charged_through;
    };
    static OfSubscription ListOfSubscription(db::Database& database, const TenantId& tenant,
                                             AccountId account, SubscriptionId subscription);
};

}  // namespace livery::invoices
