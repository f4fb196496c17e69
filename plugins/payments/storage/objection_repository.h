#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <livery/db/database.h>

#include "domain/objection.h"

namespace livery::payments {

class ObjectionRepository {
 public:
    static void Add(db::Transaction& tx, const Objection& objection);
    // Of the account, while they are open: how much of each invoice.
    static std::map<InvoiceId, Money> OpenOf(db::Transaction& tx, AccountId account);
    // nullopt: none that is open.
    static std::optional<Objection> FindOpen(db::Transaction& tx, ObjectionId id);
    // Whether one is open about the line.
    static bool IsOpenOn(db::Transaction& tx, AccountId account, InvoiceLineId line);
    // False: somebody else has closed it.
    static bool Close(db::Transaction& tx, ObjectionId id, bool won, const std::string& answer,
                      Instant now);
    static std::vector<Objection> ListOpen(db::Database& database, const TenantId& tenant);
    // The oldest first, those after one of them.
    static std::vector<Objection> PageOpen(db::Database& database, const TenantId& tenant,
                                           std::optional<ObjectionId> after, std::size_t most);
    static std::int64_t CountOpen(db::Database& database, const TenantId& tenant);
    // Of any state. nullopt: there is none.
    struct Found {
        Objection objection;
        bool is_open = false;
        bool won = false;  // of one that is not: its customer was right
        Instant closed_at{};
        std::string answer;
    };
    static std::optional<Found> Find(db::Database& database, const TenantId& tenant,
                                     ObjectionId id);
    static std::optional<Found> Find(db::Transaction& tx, ObjectionId id);
};

// Promises to pay, one for each invoice.
class PromiseRepository {
 public:
    struct Kept {
        InvoiceId invoice;
        AccountId account;
        Instant made_at{};
        Date pays_by{};
        std::string made_by;  // "subscriber jane@example.org", "staff", "api key…"
    };
    // False: there is one for the invoice.
    static bool Add(db::Transaction& tx, const Kept& promise);
    // By which day each invoice of the account was promised.
    static std::map<InvoiceId, Date> Of(db::Transaction& tx, AccountId account);
};

}  // namespace livery::payments
