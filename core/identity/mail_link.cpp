#include "identity/mail_link.h"

#include "identity/secrets.h"

namespace livery::identity {

std::string IssueLink(db::Transaction& tx, NewToken token) {
    std::string text = RandomToken();
    token.hash = TokenHash(text);
    UserRepository::EndTokens(tx, token.user, token.purpose);
    UserRepository::InsertToken(tx, token);
    return text;
}

}  // namespace livery::identity
