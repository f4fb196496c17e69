#pragma once

#include <livery/http/route.h>
#include <livery/ports/audit.h>
#include <livery/ports/identity.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "domain/account.h"

namespace livery::accounts {

// Everything a person may change about themselves and their account.
class ProfilePages {
 public:
    ProfilePages(db::Database& database, Identity& identity, Audit& audit, IdSource& ids)
        : database_(database), identity_(identity), audit_(audit), ids_(ids) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> Show(const RequestContext& request) const;
    Result<Reply> ShowPreferences(const RequestContext& request) const;
    Result<Reply> SavePreferences(const RequestContext& request) const;
    Result<Reply> ShowAddress(const RequestContext& request) const;
    Result<Reply> SaveAddress(const RequestContext& request) const;
    Result<Reply> ShowContact(const RequestContext& request) const;
    Result<Reply> SaveContact(const RequestContext& request) const;
    Result<Reply> TakeAddressAway(const RequestContext& request) const;
    Result<Reply> TakeContactAway(const RequestContext& request) const;
    template <class TypedId>
    Result<void> Remove(const RequestContext& request) const;

    // The one that the path names, among the account's own; a nil one for `/new`.
    Result<Address> NamedAddress(const RequestContext& request) const;
    Result<Contact> NamedContact(const RequestContext& request) const;
    template <class Thing>
    Result<Reply> Save(const RequestContext& request, Thing thing, const Result<void>& fine,
                       FormPage form) const;
    void Note(db::Transaction& tx, const RequestContext& request, const std::string& action,
              const std::string& detail) const;

    db::Database& database_;
    Identity& identity_;
    Audit& audit_;
    IdSource& ids_;
};

}  // namespace livery::accounts
