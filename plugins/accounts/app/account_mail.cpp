#include "app/account_mail.h"

namespace livery::accounts {

void MailTo(Mailer& mailer, db::Transaction& tx, const Tenant& tenant, const Identity::User& user,
            const Letter& letter) {
    Mail mail{"accounts", letter.name, user.email, user.display_name, user.language, {}};
    mail.model.Set("name", user.display_name).Set("url", tenant.origin + letter.path);
    mailer.Enqueue(tx, tenant, mail);
}

}  // namespace livery::accounts
