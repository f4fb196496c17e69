#include "app/email_change.h"

#include <livery/check.h>

#include "app/account_mail.h"

namespace livery::accounts {

Result<void> EmailChange::Ask(const Tenant& tenant, const Wish& wish) {
    if (!identity_.IsEmail(wish.email)) return InvalidField("email", "error.email");
    LIVERY_TRY(identity_.ProvePassword(tenant.id, wish.user, wish.password, wish.client_address));
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        auto known = identity_.Find(tx, wish.user);
        LIVERY_CHECK(known.has_value(), "who is signed in is known");
        const std::string token = identity_.IssueAddressChange(tx, wish.user, wish.email);
        const auto holder = identity_.FindByEmail(tx, Realm::kPortal, wish.email);
        if (holder && holder->id != wish.user)
            return MailTo(mailer_, tx, tenant, *holder, {"already_registered", "/sign-in"});
        known->email = wish.email;
        MailTo(mailer_, tx, tenant, *known,
               {"change_email", "/profile/email/confirm?token=" + token});
    });
    return {};
}

Result<void> EmailChange::Confirm(const Tenant& tenant, UserId user, const std::string& token) {
    Result<void> outcome;
    database_.Transact(tenant.id, [&](db::Transaction& tx) {
        const auto before = identity_.RedeemAddressChange(tx, user, token);
        outcome = before ? Result<void>() : Result<void>(before.error());
        if (!before) return;
        auto known = *identity_.Find(tx, user);
        known.email = *before;
        MailTo(mailer_, tx, tenant, known, {"email_changed", "/profile/security"});
    });
    return outcome;
}

}  // namespace livery::accounts
