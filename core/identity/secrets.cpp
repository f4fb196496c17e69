#include "identity/secrets.h"

#include <array>
#include <stdexcept>

#include <sodium.h>

namespace livery::identity {

namespace {

// Gives the turn back, whatever happens.
class Turn {
 public:
    explicit Turn(Turnstile& turns) : turns_(turns), taken_(turns.Enter()) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        if (taken_) turns_.Leave();
    }
    explicit operator bool() const { return taken_; }

 private:
    Turnstile& turns_;
    bool taken_;
};

Error Busy() { return {ErrorCode::kUnavailable, "too many passwords are being checked", {}}; }

std::string HashNow(const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        throw std::runtime_error("not enough memory for a password hash");
    }
    return text.data();
}

}  // namespace

std::string RandomToken() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
        text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text.data();
}

std::string TokenHash(std::string_view token) {
    std::string hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                       0);
    return hash;
}

bool Turnstile::Enter() {
    std::unique_lock lock(mutex_);
    if (inside_ >= most_inside_) {
        if (waiting_ >= most_waiting_) return false;
        ++waiting_;
        const bool free = left_.wait_for(lock, patience_, [&] { return inside_ < most_inside_; });
        --waiting_;
        if (!free) return false;
    }
    ++inside_;
    return true;
}

void Turnstile::Leave() {
    {
        const std::lock_guard lock(mutex_);
        --inside_;
    }
    left_.notify_one();
}

std::size_t Turnstile::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

Result<std::string> PasswordHasher::Hash(const std::string& password) {
    const Turn turn(turns_);
    if (!turn) return Busy();
    return HashNow(password);
}

Result<bool> PasswordHasher::Verify(const std::string& hash, const std::string& password) {
    const Turn turn(turns_);
    if (!turn) return Busy();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

Result<bool> PasswordHasher::VerifyNothing(const std::string& password) {
    LIVERY_TRY(Verify(kHashOfNobody, password));
    return false;
}

}  // namespace livery::identity
