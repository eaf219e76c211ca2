// Generated from docs/openapi.json by `npm run openapi`. Do not edit.
export interface paths {
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account and its first user
         * @description For anyone: there is no account yet.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description For anyone: this is how one gets a token.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for new tokens; it works once, but for an answer that got lost
         * @description For anyone: the refresh token in the body is the credential.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out: this sign-in's tokens and WebSockets end at once
         * @description For signed-in users; API keys may not.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change your password; your other sign-ins end at once
         * @description For signed-in users; API keys may not.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join an account with an invitation's token
         * @description For anyone: the invitation's token in the body is the credential.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account and user behind the credential
         * @description For signed-in users whose role allows it, and API keys with the scope `account:read`.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users and open invitations
         * @description For signed-in users whose role allows it, and API keys with the scope `account:read`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Invite someone; you hand over the token, no e-mail is sent
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a user or take an invitation back; sign-ins end at once, API keys only if asked
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a user's role, at once
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        patch: operations["changeUserRole"];
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a key a new secret; the former one lives on for a stated time
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key at once; its WebSockets are closed
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sessions
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:read`.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Make a session; it links no phone yet
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One session
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:read`.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * Unlink from the phone, delete credentials and the session itself
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /**
         * Rename a session or change its settings, which take effect at once
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        patch: operations["updateSession"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect; a session that is not linked yet gives a QR code, or a code for `phone`
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["connectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/reconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start afresh: a session that is not linked gives a new QR code each time
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["reconnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/pairing-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect with a code to type on the phone, in place of a QR code
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["requestPairingCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlink from the phone and delete the credentials
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["disconnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close the socket and keep the credentials
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["stopSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop and connect again, without unlinking
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["restartSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop and move the credentials into a sealed bundle that one session can import
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["exportSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an exported session's credentials over; then connect needs no code
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:write`.
         */
        post: operations["importSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the session is, and what can be done
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:read`.
         */
        get: operations["getSessionStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The QR code as JSON, PNG or SVG, by Accept
         * @description For signed-in users whose role allows it, and API keys with the scope `sessions:read`.
         */
        get: operations["getSessionQr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a session's messages, newest first: of a chat, a time, a status, a direction
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message through the session that the API key is bound to
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["sendMessageByKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message with its status
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        /**
         * Delete a message for everyone, by a message with a status of its own; or cancel one that is to leave later
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /**
         * Edit a text or a caption that was sent; the edit is a message with a status of its own
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        patch: operations["editMessage"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far each member of a group has come with a message, and how many how far
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listRecipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * React to a message with an emoji, or take the reaction back with an empty one
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["reactToMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forward a message that was sent or received
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["forwardMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List templates
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Make a template: a message with {{variables}} in its texts
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{templateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One template
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a template
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        delete: operations["deleteTemplate"];
        options?: never;
        head?: never;
        /**
         * Change a template; what was accepted before stays as it was
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        patch: operations["updateTemplate"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message to up to 1,000 recipients, each with variables of its own
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["createBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List batches, newest first
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batchId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A batch's progress: recipients by status, and those that failed
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batchId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing more of a batch until it is resumed
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["pauseBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batchId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a batch that was paused
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["resumeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{batchId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing more of a batch; what has left has left
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["cancelBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a message, a chat, or all of a person from what is stored here; what events, groups, quotes and batches say of them follows within minutes, copies in the log of webhook deliveries leave after 30 days
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["eraseMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a message with `sendAt` that has not left
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["cancelMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a link to upload a file to, for messages to name by its id
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["createMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{mediaId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a link to download a file: uploaded, or received
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the account as online or not, until the connection ends
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["setPresence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/presence/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hear of a contact's presence and typing by `presence.update`; ask again once a day
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["subscribePresence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show in a chat that the account types or records; a message ends it
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["showTyping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages/{messageId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell who sent a message that it was read
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["readMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/replies/{replyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The answer to a request that was told 202, for an hour
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getReply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/contacts/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which of these phones are on WhatsApp; what is known is not asked again for a day
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["checkContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People that the session has come across
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/contacts/{contactId}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a contact's picture is, as WhatsApp says now
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getContactPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/contacts/{contactId}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Block a contact
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        put: operations["blockContact"];
        post?: never;
        /**
         * Block a contact no longer
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        delete: operations["unblockContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/blocked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom the account blocks, as WhatsApp says now
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listBlocked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Chats of the session, with people and groups
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/chats/{chatId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Archive or mute a chat, mark it read or unread, on all the account's devices
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        patch: operations["changeChat"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All groups that the account is in, as WhatsApp says now
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listGroups"];
        put?: never;
        /**
         * Make a group
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups/{groupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One group with its members, as WhatsApp says now
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["getGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a group's subject
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        patch: operations["updateGroup"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups/{groupId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or remove members, make them admins or no longer
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["changeGroupMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups/{groupId}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The link that leads into a group
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        get: operations["getGroupInvite"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups/{groupId}/invite/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another link; the present one leads nowhere any more
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["renewGroupInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/groups/{groupId}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a group
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:send`.
         */
        post: operations["leaveGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket that opens the WebSocket once, within 60 seconds
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        post: operations["createTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A session's events after a cursor, in order
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events of all sessions and of the account; waits for the next one if asked to
         * @description For signed-in users whose role allows it, and API keys with the scope `messages:read`.
         */
        get: operations["listAllEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events sent to a URL
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook; nothing more is sent
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook; enabled again it goes on where it was
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret; the old one signs too for a while
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a `webhook.test` event, once, also to a webhook that is disabled
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent in the last 30 days, newest event first
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery with its request and the latest answer
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one event again, on a schedule of its own from the start
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        post: operations["redeliverWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a range of events again, or all that failed, oldest first
         * @description For signed-in users whose role allows it, and API keys with the scope `webhooks:write`.
         */
        post: operations["redeliverWebhookDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API as an OpenAPI 3.1 document
         * @description For anyone: it describes the API and knows nothing of anyone.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for people
         * @description For anyone: it describes the API and knows nothing of anyone.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the API up
         * @description For anyone: load balancers and uptime checks ask it; it says nothing else.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many messages, by session, day, direction, kind and status; up to this moment
         * @description For signed-in users whose role allows it, and API keys with the scope `account:read`.
         */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to bill by: messages, active time and media, by session and day
         * @description For signed-in users whose role allows it, and API keys with the scope `account:read`.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, newest first; refused and failed tries too
         * @description For signed-in users whose role allows it, and API keys with the scope `account:admin`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operator/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Any account, for who runs the deployment
         * @description For who runs the deployment: `Authorization: Bearer <operator secret>`.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operator/accounts/{accountId}/tier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move an account to another plan; sessions beyond a smaller one's limit stay
         * @description For who runs the deployment: `Authorization: Bearer <operator secret>`.
         */
        put: operations["setTier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operator/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stores, queues, workers, shards and sessions, looked at now
         * @description For who runs the deployment: `Authorization: Bearer <operator secret>`.
         */
        get: operations["getFleetHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem document */
        Problem: {
            /** @description Stable URI of this kind of problem */
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "malformed_json" | "validation_failed" | "unauthenticated" | "token_expired" | "invalid_credentials" | "refresh_token_invalid" | "invitation_invalid" | "ticket_invalid" | "forbidden" | "not_found" | "route_not_found" | "no_qr_code" | "qr_code_not_ready" | "email_taken" | "last_owner" | "change_in_progress" | "session_name_taken" | "session_already_connected" | "session_exported" | "session_not_linked" | "session_already_linked" | "bundle_already_imported" | "bundle_missing" | "bundle_unreadable" | "media_not_found" | "media_unfit" | "message_unchangeable" | "invalid_phone" | "session_not_connected" | "idempotency_key_reused" | "idempotency_key_in_progress" | "session_limit_reached" | "webhook_limit_reached" | "webhook_disabled" | "payload_too_large" | "unsupported_media_type" | "invalid_recipient" | "template_variables" | "message_not_scheduled" | "message_leaving" | "batch_cancelled" | "refused_by_whatsapp" | "outcome_unknown" | "whatsapp_unanswered" | "cursor_expired" | "connection_limit_reached" | "not_subscribed" | "rate_limited" | "internal" | "unavailable";
            /** @description What to do about it */
            detail: string;
            requestId: string;
            retryable: boolean;
            fields?: {
                path: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        Contact: {
            /** @description The address that WhatsApp used */
            id: string;
            /** @description +E.164 where known */
            phone: string | null;
            /** @description The account's LID address where known */
            lid: string | null;
        };
        MessageTarget: {
            /** @description Null when it is not known here any more */
            messageId: string | null;
            whatsappId: string;
            /** @description Address of who wrote it; empty when it is the session's own */
            sender: string;
        };
        MessageContent: {
            /** @constant */
            type: "text";
            text: {
                body: string;
                /** @description What is shown of a link; false when nothing is to be */
                preview?: {
                    url: string;
                    title: string;
                    description?: string;
                } | false;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "image";
            image: {
                mediaId?: string;
                url?: string;
                mimetype?: string;
                /** @description Bytes */
                size?: number;
                /** @description Of the file, in hex */
                sha256?: string;
                /**
                 * @description Whether what was received can be had
                 * @enum {string}
                 */
                mediaStatus?: "pending" | "ready" | "failed";
                /** @enum {string} */
                mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                caption?: string;
                viewOnce?: boolean;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "video";
            video: {
                mediaId?: string;
                url?: string;
                mimetype?: string;
                /** @description Bytes */
                size?: number;
                /** @description Of the file, in hex */
                sha256?: string;
                /**
                 * @description Whether what was received can be had
                 * @enum {string}
                 */
                mediaStatus?: "pending" | "ready" | "failed";
                /** @enum {string} */
                mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                caption?: string;
                viewOnce?: boolean;
                seconds?: number;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "audio";
            audio: {
                mediaId?: string;
                url?: string;
                mimetype?: string;
                /** @description Bytes */
                size?: number;
                /** @description Of the file, in hex */
                sha256?: string;
                /**
                 * @description Whether what was received can be had
                 * @enum {string}
                 */
                mediaStatus?: "pending" | "ready" | "failed";
                /** @enum {string} */
                mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                voice?: boolean;
                viewOnce?: boolean;
                seconds?: number;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "document";
            document: {
                mediaId?: string;
                url?: string;
                mimetype?: string;
                /** @description Bytes */
                size?: number;
                /** @description Of the file, in hex */
                sha256?: string;
                /**
                 * @description Whether what was received can be had
                 * @enum {string}
                 */
                mediaStatus?: "pending" | "ready" | "failed";
                /** @enum {string} */
                mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                caption?: string;
                fileName?: string;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "sticker";
            sticker: {
                mediaId?: string;
                url?: string;
                mimetype?: string;
                /** @description Bytes */
                size?: number;
                /** @description Of the file, in hex */
                sha256?: string;
                /**
                 * @description Whether what was received can be had
                 * @enum {string}
                 */
                mediaStatus?: "pending" | "ready" | "failed";
                /** @enum {string} */
                mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                animated?: boolean;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "location";
            location: {
                latitude: number;
                longitude: number;
                name?: string;
                address?: string;
                live?: boolean;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "contact";
            contact: {
                contacts: {
                    name: string;
                    vcard: string;
                }[];
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "poll";
            poll: {
                question: string;
                options: string[];
                maxAnswers: number;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "reaction";
            reaction: {
                to: components["schemas"]["MessageTarget"];
                emoji: string;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "edit";
            edit: {
                of: components["schemas"]["MessageTarget"];
                /** @description What it says now: the text, or what stands under the file */
                body: string;
                file?: {
                    /** @constant */
                    type: "image";
                    image: {
                        mediaId?: string;
                        url?: string;
                        mimetype?: string;
                        /** @description Bytes */
                        size?: number;
                        /** @description Of the file, in hex */
                        sha256?: string;
                        /**
                         * @description Whether what was received can be had
                         * @enum {string}
                         */
                        mediaStatus?: "pending" | "ready" | "failed";
                        /** @enum {string} */
                        mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                        caption?: string;
                        viewOnce?: boolean;
                    };
                    /** @description The message that is quoted, and how it begins */
                    replyTo?: {
                        /** @description Null when it is not known here any more */
                        messageId: string | null;
                        whatsappId: string;
                        /** @description Address of who wrote it; empty when it is the session's own */
                        sender: string;
                        type: string;
                        text: string;
                        /** @description The group where it was said, when answered in private */
                        chat?: string;
                    };
                    mentions?: string[];
                    forwarded?: boolean;
                } | {
                    /** @constant */
                    type: "video";
                    video: {
                        mediaId?: string;
                        url?: string;
                        mimetype?: string;
                        /** @description Bytes */
                        size?: number;
                        /** @description Of the file, in hex */
                        sha256?: string;
                        /**
                         * @description Whether what was received can be had
                         * @enum {string}
                         */
                        mediaStatus?: "pending" | "ready" | "failed";
                        /** @enum {string} */
                        mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                        caption?: string;
                        viewOnce?: boolean;
                        seconds?: number;
                    };
                    /** @description The message that is quoted, and how it begins */
                    replyTo?: {
                        /** @description Null when it is not known here any more */
                        messageId: string | null;
                        whatsappId: string;
                        /** @description Address of who wrote it; empty when it is the session's own */
                        sender: string;
                        type: string;
                        text: string;
                        /** @description The group where it was said, when answered in private */
                        chat?: string;
                    };
                    mentions?: string[];
                    forwarded?: boolean;
                } | {
                    /** @constant */
                    type: "document";
                    document: {
                        mediaId?: string;
                        url?: string;
                        mimetype?: string;
                        /** @description Bytes */
                        size?: number;
                        /** @description Of the file, in hex */
                        sha256?: string;
                        /**
                         * @description Whether what was received can be had
                         * @enum {string}
                         */
                        mediaStatus?: "pending" | "ready" | "failed";
                        /** @enum {string} */
                        mediaReason?: "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed";
                        caption?: string;
                        fileName?: string;
                    };
                    /** @description The message that is quoted, and how it begins */
                    replyTo?: {
                        /** @description Null when it is not known here any more */
                        messageId: string | null;
                        whatsappId: string;
                        /** @description Address of who wrote it; empty when it is the session's own */
                        sender: string;
                        type: string;
                        text: string;
                        /** @description The group where it was said, when answered in private */
                        chat?: string;
                    };
                    mentions?: string[];
                    forwarded?: boolean;
                };
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "deletion";
            deletion: {
                of: components["schemas"]["MessageTarget"];
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "unavailable";
            unavailable: {
                /** @enum {string} */
                reason: "view_once" | "erased" | "other";
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        } | {
            /** @constant */
            type: "unsupported";
            unsupported: {
                whatsappType: string;
            };
            /** @description The message that is quoted, and how it begins */
            replyTo?: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                /** @description Address of who wrote it; empty when it is the session's own */
                sender: string;
                type: string;
                text: string;
                /** @description The group where it was said, when answered in private */
                chat?: string;
            };
            mentions?: string[];
            forwarded?: boolean;
        };
        Message: {
            id: string;
            sessionId: string;
            whatsappId: string;
            /** @enum {string} */
            direction: "outbound" | "inbound";
            chat: string;
            from: components["schemas"]["Contact"] | null;
            /** @description Which user or API key had it sent; null for what came in or left by the phone */
            by: {
                /** @enum {string} */
                kind: "user" | "key";
                id: string;
            } | null;
            content: components["schemas"]["MessageContent"];
            /** @enum {string} */
            status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
            reason: ("recipient_not_on_whatsapp" | "recipient_unanswered" | "no_devices" | "refused_by_whatsapp" | "reach_out_locked" | "rate_limited_by_whatsapp" | "session_ended" | "expired" | "cancelled" | "not_acknowledged" | "not_in_group" | "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed" | "internal") | null;
            detail: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description When it is to leave, if it was scheduled */
            sendAt: string | null;
            sentAt: string | null;
            deliveredAt: string | null;
            readAt: string | null;
            playedAt: string | null;
            /** @description `content` is what it says since then */
            editedAt: string | null;
            /** @description When it was deleted for everyone */
            deletedAt: string | null;
            /** @description Of a message to a group: how many members it went to and how far they have come */
            recipients: {
                total: number;
                delivered: number;
                read: number;
                played: number;
            } | null;
            reactions: {
                from: components["schemas"]["Contact"];
                emoji: string;
                /** Format: date-time */
                at: string;
            }[];
            /** @description Of a poll: what each voter has chosen */
            votes: {
                from: components["schemas"]["Contact"];
                options: string[];
                /** Format: date-time */
                at: string;
            }[];
        };
        Session: {
            id: string;
            name: string;
            /** @enum {string} */
            status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
            phone: string | null;
            settings: {
                /** @description Show the account as online while connected; the phone then gets no notifications */
                markOnline: boolean;
                /** @description Reject every call at once; the phone rings no longer */
                rejectCalls: boolean;
                /**
                 * @description What the phone tells of the past when it is linked: messages then listed like any others, without events. Takes effect with the next linking
                 * @enum {string}
                 */
                historySync: "none" | "recent" | "full";
                /** @description Send none of this session's events to webhooks, not later either; all else goes on */
                muteWebhooks: boolean;
                proxy: string | null;
                /** @description At most so many messages leave; null sends each as soon as it can */
                pacing: {
                    perMinute: number;
                    /** @description Messages that may leave without a pause */
                    burst: number;
                    /** @description By how much of itself each pause varies; 0.3 when absent */
                    jitter?: number;
                } | null;
                /** @description Chats with people whom this device has not written to or heard from */
                newChats: {
                    /** @description Chats to start within 24 hours; the rest wait. Null for any number */
                    perDay: number | null;
                    /** @description Start no chats while WhatsApp locks the account for it; others go on */
                    pauseOnLock: boolean;
                };
                /** @description Days that messages are kept, counted from now on; null for as the deployment does */
                retentionDays: number | null;
            };
            /** Format: date-time */
            createdAt: string;
        };
        Webhook: {
            id: string;
            url: string;
            roleArn: string | null;
            description: string;
            sessionId: string | null;
            types: ("session.status" | "session.qr_code" | "session.pairing_code" | "message.received" | "message.status" | "message.edited" | "message.deleted" | "message.reaction" | "message.media" | "poll.vote" | "group.update" | "call.received" | "presence.update" | "contact.update" | "session.limit" | "webhook.disabled")[] | null;
            headerNames: string[];
            enabled: boolean;
            disabledReason: ("user" | "gone" | "failing") | null;
            /** @description Nothing has succeeded since; five days of it disable */
            failingSince: string | null;
            formerSecretWorksUntil: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Event: {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "session.status";
            data: {
                /** @enum {string} */
                status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                reason: ("qr_limit" | "pairing_window_over" | "unlinked_by_phone" | "disconnected_by_user" | "stopped_by_user" | "temporarily_banned" | "account_locked" | "client_outdated" | "multi_device_mismatch" | "replaced_elsewhere" | "server_unverified" | "journal_unreadable" | "whatsapp_unreachable" | "restarting" | "crash_loop" | "passkey_required" | "no_worker" | "exported" | "imported" | "bundle_unreadable" | "already_linked" | "proxy_refused" | "proxy_unreachable" | "unknown") | null;
                detail: string | null;
                canReconnect: boolean;
                /** @description +E.164 once paired */
                phone: string | null;
                lid: string | null;
                name: string | null;
                /** @description Number of the pairing attempt; 0 outside pairing */
                attempt: number;
                pairingWindowEndsAt: string | null;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "session.qr_code";
            data: {
                /** @description The payload to render as a QR code */
                qr: string;
                attempt: number;
                maxAttempts: number;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                pairingWindowEndsAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "session.pairing_code";
            data: {
                /** @description Eight characters to type on the phone, like ABCD-2345 */
                code: string;
                /** @description The phone that asked for it, +E.164 */
                phone: string;
                attempt: number;
                maxAttempts: number;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                pairingWindowEndsAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.received";
            data: {
                messageId: string;
                whatsappId: string;
                chat: components["schemas"]["Contact"];
                from: components["schemas"]["Contact"];
                /** @description True when the account's own phone sent it */
                fromMe: boolean;
                pushName: string | null;
                /** Format: date-time */
                sentAt: string;
                content: components["schemas"]["MessageContent"];
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.status";
            data: {
                messageId: string;
                whatsappId: string;
                to: string;
                /** @enum {string} */
                status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
                /** @description What was sent: text, image and so on; not on receipts */
                kind?: string;
                /** @description Bytes of the file that was sent */
                size?: number;
                reason: ("recipient_not_on_whatsapp" | "recipient_unanswered" | "no_devices" | "refused_by_whatsapp" | "reach_out_locked" | "rate_limited_by_whatsapp" | "session_ended" | "expired" | "cancelled" | "not_acknowledged" | "not_in_group" | "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed" | "internal") | null;
                detail: string | null;
                /** @description In a group: the member that this is about. Absent when it is about the message */
                recipient?: components["schemas"]["Contact"];
                /** @description Of a group's message that was sent: to how many members */
                recipients?: number;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.edited";
            data: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                chat: components["schemas"]["Contact"];
                from: components["schemas"]["Contact"];
                fromMe: boolean;
                /** @description The new text or caption */
                body: string;
                /** Format: date-time */
                editedAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.deleted";
            data: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                chat: components["schemas"]["Contact"];
                from: components["schemas"]["Contact"];
                fromMe: boolean;
                /** Format: date-time */
                deletedAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.reaction";
            data: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                chat: components["schemas"]["Contact"];
                from: components["schemas"]["Contact"];
                fromMe: boolean;
                /** @description Null when the reaction was taken back */
                emoji: string | null;
                /** Format: date-time */
                reactedAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "message.media";
            data: {
                messageId: string;
                mediaId: string;
                /** @enum {string} */
                type: "image" | "video" | "audio" | "document" | "sticker";
                /** @enum {string} */
                status: "ready" | "failed";
                reason: ("media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed") | null;
                size: number | null;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "poll.vote";
            data: {
                /** @description Null when it is not known here any more */
                messageId: string | null;
                whatsappId: string;
                chat: components["schemas"]["Contact"];
                from: components["schemas"]["Contact"];
                fromMe: boolean;
                /** @description All that is chosen now; null when the poll is not known here any more */
                options: string[] | null;
                /** Format: date-time */
                votedAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "group.update";
            data: {
                group: string;
                /** @enum {string} */
                action: "created" | "participants_added" | "participants_removed" | "participants_promoted" | "participants_demoted" | "participants_changed" | "subject_changed" | "description_changed" | "settings_changed" | "deleted";
                /** @description Who did it; null when WhatsApp did */
                by: components["schemas"]["Contact"] | null;
                participants: components["schemas"]["Contact"][];
                /** @description The new subject or description, or the setting's name */
                value: string | null;
                /** Format: date-time */
                changedAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "call.received";
            data: {
                callId: string;
                from: components["schemas"]["Contact"];
                group: string | null;
                video: boolean;
                /** Format: date-time */
                calledAt: string;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "presence.update";
            data: {
                chat: components["schemas"]["Contact"];
                /** @description In a group, who of its members */
                contact: components["schemas"]["Contact"];
                /** @enum {string} */
                state: "available" | "unavailable" | "composing" | "recording" | "paused";
                lastSeenAt: string | null;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "contact.update";
            data: {
                contact: components["schemas"]["Contact"];
                /** @description As the account's address book has it */
                name?: string | null;
                /** @description As the contact calls itself */
                pushName?: string;
                /** @enum {string} */
                picture?: "changed" | "removed";
                archived?: boolean;
                mutedUntil?: string | null;
                /** @description False when it was marked unread */
                read?: boolean;
                blocked?: boolean;
            };
        } | {
            id: string;
            cursor: string;
            sessionId: string;
            accountId: string;
            /** Format: date-time */
            at: string;
            /**
             * @description The session's webhooks are muted: no webhook gets this event
             * @constant
             */
            silent?: true;
            /** @constant */
            type: "session.limit";
            data: {
                /**
                 * @description WhatsApp lets the account start no chats, or the session's own cap is reached
                 * @enum {string}
                 */
                limit: "reach_out_lock" | "new_chats_per_day";
                /** @description False when it is over */
                active: boolean;
                /** @description When new chats go out again, as far as is known */
                until: string | null;
                detail: string;
            };
        };
        WebhookEvent: components["schemas"]["Event"] | components["schemas"]["AccountEvent"] | {
            id: string;
            /** @constant */
            type: "webhook.test";
            cursor: string;
            sessionId: string | null;
            accountId: string;
            /** Format: date-time */
            at: string;
            data: {
                webhookId: string;
            };
        };
        AccountEvent: {
            id: string;
            cursor: string;
            sessionId: null;
            accountId: string;
            /** Format: date-time */
            at: string;
            /** @constant */
            type: "webhook.disabled";
            data: {
                webhookId: string;
                url: string;
                /** @enum {string} */
                reason: "gone" | "failing";
                /** @description What happened, and what to do about it */
                detail: string;
            };
        };
        SocketNotice: {
            /** @constant */
            type: "socket.subscribed";
            request?: string;
            sessions: string[] | null;
            /** @description Of a stream: where each source begins */
            cursors?: {
                [key: string]: string;
            };
        } | {
            /** @constant */
            type: "socket.state";
            sessionId: string;
            /** @description Latest status and code; no part of the stream */
            events: components["schemas"]["Event"][];
        } | {
            /** @constant */
            type: "socket.resumed";
            source: string;
            /** @description False: events after your cursor are not kept any more */
            recovered: boolean;
            /** @description Of the oldest event that is kept */
            oldest: string | null;
        } | {
            /** @constant */
            type: "socket.events";
            source: string;
            /** @description True: answers a resume. False: has just happened */
            replay: boolean;
            events: (components["schemas"]["Event"] | components["schemas"]["AccountEvent"])[];
        } | {
            /** @constant */
            type: "socket.more";
            source: string;
            /** @description The replay has come so far; resume from here */
            cursor: string;
        } | {
            /** @constant */
            type: "socket.caught_up";
            source: string;
            /** @description All up to here was replayed */
            cursor: string;
        } | {
            /** @constant */
            type: "socket.counts";
            source: string;
            first: string;
            /** @description Of the last event that is counted here */
            cursor: string;
            /** @description By direction.kind.status, as in GET /v1/stats */
            counts: {
                [key: string]: number;
            };
        } | {
            /** @constant */
            type: "socket.heartbeat";
            request?: string;
            /** Format: date-time */
            at: string;
            /** @description The newest event of each source, of any type */
            cursors: {
                [key: string]: string;
            };
        } | {
            /** @constant */
            type: "socket.closing";
            /** @enum {string} */
            reason: "credential_ended" | "fell_behind";
        } | {
            /** @constant */
            type: "socket.refused";
            request?: string;
            problem: {
                [key: string]: unknown;
            };
        };
        SendMessage: {
            /** @constant */
            type: "text";
            text: {
                body: string;
                /** @description Shown of a link in the text. When absent the page of the first one is looked at; false for none */
                preview?: {
                    /** Format: uri */
                    url: string;
                    title: string;
                    description?: string;
                } | false;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "image";
            image: {
                /** @description What POST /v1/media gave, or what was received */
                mediaId?: string;
                /** Format: uri */
                url?: string;
                /** Format: base64 */
                base64?: string;
                /** @description Of base64; with a URL, instead of what its server says */
                mimetype?: string;
                caption?: string;
                /** @description The recipient may look at it once */
                viewOnce?: boolean;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "video";
            video: {
                /** @description What POST /v1/media gave, or what was received */
                mediaId?: string;
                /** Format: uri */
                url?: string;
                /** Format: base64 */
                base64?: string;
                /** @description Of base64; with a URL, instead of what its server says */
                mimetype?: string;
                caption?: string;
                /** @description The recipient may look at it once */
                viewOnce?: boolean;
                seconds?: number;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "audio";
            audio: {
                /** @description What POST /v1/media gave, or what was received */
                mediaId?: string;
                /** Format: uri */
                url?: string;
                /** Format: base64 */
                base64?: string;
                /** @description Of base64; with a URL, instead of what its server says */
                mimetype?: string;
                /** @description A voice note: Opus in Ogg */
                voice?: boolean;
                /** @description The recipient may look at it once */
                viewOnce?: boolean;
                seconds?: number;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "document";
            document: {
                /** @description What POST /v1/media gave, or what was received */
                mediaId?: string;
                /** Format: uri */
                url?: string;
                /** Format: base64 */
                base64?: string;
                /** @description Of base64; with a URL, instead of what its server says */
                mimetype?: string;
                caption?: string;
                fileName?: string;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "sticker";
            sticker: {
                /** @description What POST /v1/media gave, or what was received */
                mediaId?: string;
                /** Format: uri */
                url?: string;
                /** Format: base64 */
                base64?: string;
                /** @description Of base64; with a URL, instead of what its server says */
                mimetype?: string;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "location";
            location: {
                latitude: number;
                longitude: number;
                name?: string;
                address?: string;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "contact";
            contact: {
                contacts: ({
                    vcard: string;
                } | {
                    name: string;
                    phone: string;
                    organization?: string;
                    /** Format: email */
                    email?: string;
                })[];
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "poll";
            poll: {
                question: string;
                options: string[];
                /** @description How many may be chosen; 1 when absent */
                maxAnswers?: number;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        } | {
            /** @constant */
            type: "reaction";
            reaction: {
                messageId: string;
                emoji: string;
            };
            /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
            replyTo?: string;
            /** @description Who is mentioned; the text says @ and their number */
            mentions?: string[];
            to: string;
            queueWhenOffline?: boolean;
            expiresIn?: number;
            /** @description Seconds to show that the account types, or records a voice note, before it leaves */
            typeFor?: number;
            /**
             * Format: date-time
             * @description Wait until then; `expiresIn` counts from there. At most a year ahead
             */
            sendAt?: string;
        };
        SocketRequest: {
            /** @constant */
            action: "subscribe";
            /** @description Comes back in the answer */
            request?: string;
            /** @description The sessions to follow; every session, and the account itself, when absent */
            sessions?: string[];
            /** @description Whether to follow the account's own events; usually so without `sessions` */
            account?: boolean;
            /** @description Only these types of event; all when absent */
            types?: ("session.status" | "session.qr_code" | "session.pairing_code" | "message.received" | "message.status" | "message.edited" | "message.deleted" | "message.reaction" | "message.media" | "poll.vote" | "group.update" | "call.received" | "presence.update" | "contact.update" | "session.limit" | "webhook.disabled")[];
            /** @description Asks for a stream that can be resumed; {} when nothing is known yet */
            after?: {
                [key: string]: string;
            };
            /**
             * @description Where sources begin that `after` does not name: now, or as far back as there is
             * @enum {string}
             */
            from?: "now" | "start";
            /** @description Of a stream: asks for counts of what happens, whatever its type */
            counts?: boolean;
        } | {
            /** @constant */
            action: "resume";
            /** @description Comes back in the answer */
            request?: string;
            /** @description By session id, or account id, the cursor of the last event that you have */
            after: {
                [key: string]: string;
            };
        } | {
            /** @constant */
            action: "heartbeat";
            /** @description Comes back in the answer */
            request?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com",
                 *       "password": "a long and simple sentence",
                 *       "name": "Acme"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Registered and signed in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        /** @description Seconds until the access token ends */
                        expiresIn: number;
                        /** @description Works once; gives the next one with POST /v1/auth/refresh */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When refreshing ends and the password is asked again
                         */
                        signedInUntil: string;
                        account: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "basic" | "pro" | "max";
                            sessionLimit: number;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        user: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        };
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ann@example.com",
                 *       "password": "a long and simple sentence"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        /** @description Seconds until the access token ends */
                        expiresIn: number;
                        /** @description Works once; gives the next one with POST /v1/auth/refresh */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When refreshing ends and the password is asked again
                         */
                        signedInUntil: string;
                        account: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "basic" | "pro" | "max";
                            sessionLimit: number;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        user: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        };
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "the-refresh-token-of-the-last-answer"
                 *     }
                 */
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description New tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        /** @description Seconds until the access token ends */
                        expiresIn: number;
                        /** @description Works once; gives the next one with POST /v1/auth/refresh */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When refreshing ends and the password is asked again
                         */
                        signedInUntil: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "a long and simple sentence",
                 *       "newPassword": "another long sentence"
                 *     }
                 */
                "application/json": {
                    currentPassword: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "the-token-of-the-invitation",
                 *       "password": "a long and simple sentence"
                 *     }
                 */
                "application/json": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Joined and signed in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        /** @constant */
                        tokenType: "Bearer";
                        /** @description Seconds until the access token ends */
                        expiresIn: number;
                        /** @description Works once; gives the next one with POST /v1/auth/refresh */
                        refreshToken: string;
                        /**
                         * Format: date-time
                         * @description When refreshing ends and the password is asked again
                         */
                        signedInUntil: string;
                        account: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "basic" | "pro" | "max";
                            sessionLimit: number;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        user: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        };
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who you are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "basic" | "pro" | "max";
                            sessionLimit: number;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        /** @description Null when an API key asks */
                        user: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        } | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "bob@example.com",
                 *       "role": "member"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    /**
                     * @default member
                     * @enum {string}
                     */
                    role?: "owner" | "admin" | "member";
                };
            };
        };
        responses: {
            /** @description The invitation, its token shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: {
                            id: string;
                            email: string;
                            /** @enum {string} */
                            role: "owner" | "admin" | "member";
                            /** @enum {string} */
                            status: "active" | "invited";
                            /** Format: date-time */
                            createdAt: string;
                        };
                        /** @description Hand it to the invited person yourself: no e-mail is sent */
                        token: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeUser: {
        parameters: {
            query?: {
                /**
                 * @description API keys are the account's and live on; `revoke` ends those with a secret that this user was shown
                 * @example revoke
                 */
                keys?: "keep" | "revoke";
            };
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUserRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "admin" | "member";
                };
            };
        };
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        /** @enum {string} */
                        role: "owner" | "admin" | "member";
                        /** @enum {string} */
                        status: "active" | "invited";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keys, without their secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            /** @description The first characters of the key, to recognise it by */
                            prefix: string;
                            scopes: ("sessions:read" | "sessions:write" | "messages:read" | "messages:send" | "webhooks:write" | "account:read" | "account:admin")[];
                            sessionId: string | null;
                            /** @description Who made it. The key is the account's: it outlives its maker */
                            createdBy: {
                                /** @enum {string} */
                                kind: "user" | "key";
                                id: string;
                            };
                            /** @description Who was shown its present secret: by making or rotating it */
                            secretShownTo: {
                                /** @enum {string} */
                                kind: "user" | "key";
                                id: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                            lastUsedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shop",
                 *       "scopes": [
                 *         "messages:send"
                 *       ]
                 *     }
                 */
                "application/json": {
                    name: string;
                    scopes: ("sessions:read" | "sessions:write" | "messages:read" | "messages:send" | "webhooks:write" | "account:read" | "account:admin")[];
                    /** @description Binds the key to one session */
                    sessionId?: string;
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description The key, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The first characters of the key, to recognise it by */
                        prefix: string;
                        scopes: ("sessions:read" | "sessions:write" | "messages:read" | "messages:send" | "webhooks:write" | "account:read" | "account:admin")[];
                        sessionId: string | null;
                        /** @description Who made it. The key is the account's: it outlives its maker */
                        createdBy: {
                            /** @enum {string} */
                            kind: "user" | "key";
                            id: string;
                        };
                        /** @description Who was shown its present secret: by making or rotating it */
                        secretShownTo: {
                            /** @enum {string} */
                            kind: "user" | "key";
                            id: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        lastUsedAt: string | null;
                        /** @description The key itself. Shown once, never again */
                        key: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 86400
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How long the former key lives on; 0 ends it, and the key's WebSockets, at once
                     * @default 86400
                     */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The new key, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The first characters of the key, to recognise it by */
                        prefix: string;
                        scopes: ("sessions:read" | "sessions:write" | "messages:read" | "messages:send" | "webhooks:write" | "account:read" | "account:admin")[];
                        sessionId: string | null;
                        /** @description Who made it. The key is the account's: it outlives its maker */
                        createdBy: {
                            /** @enum {string} */
                            kind: "user" | "key";
                            id: string;
                        };
                        /** @description Who was shown its present secret: by making or rotating it */
                        secretShownTo: {
                            /** @enum {string} */
                            kind: "user" | "key";
                            id: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        lastUsedAt: string | null;
                        /** @description The key itself. Shown once, never again */
                        key: string;
                        /**
                         * Format: date-time
                         * @description Until then the former key works as well
                         */
                        formerKeyEndsAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sales",
                 *       "settings": {
                 *         "markOnline": true
                 *       }
                 *     }
                 */
                "application/json": {
                    name: string;
                    settings?: {
                        /** @description Show the account as online while connected; the phone then gets no notifications */
                        markOnline?: boolean;
                        /** @description Reject every call at once; the phone rings no longer */
                        rejectCalls?: boolean;
                        /**
                         * @description What the phone tells of the past when it is linked: messages then listed like any others, without events. Takes effect with the next linking
                         * @enum {string}
                         */
                        historySync?: "none" | "recent" | "full";
                        /** @description Send none of this session's events to webhooks, not later either; all else goes on */
                        muteWebhooks?: boolean;
                        /** @description The HTTP or SOCKS proxy through which the session reaches WhatsApp, media included; from the next connection on. Shown without user name and password */
                        proxy?: string | null;
                        /** @description At most so many messages leave; null sends each as soon as it can */
                        pacing?: {
                            perMinute: number;
                            /** @description Messages that may leave without a pause */
                            burst: number;
                            /** @description By how much of itself each pause varies; 0.3 when absent */
                            jitter?: number;
                        } | null;
                        /** @description Chats with people whom this device has not written to or heard from */
                        newChats?: {
                            /** @description Chats to start within 24 hours; the rest wait. Null for any number */
                            perDay: number | null;
                            /** @description Start no chats while WhatsApp locks the account for it; others go on */
                            pauseOnLock: boolean;
                        };
                        /** @description Days that messages are kept, counted from now on; null for as the deployment does */
                        retentionDays?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Support",
                 *       "settings": {
                 *         "rejectCalls": true,
                 *         "proxy": "socks5://ann:secret@proxy.example.com:1080"
                 *       }
                 *     }
                 */
                "application/json": {
                    name?: string;
                    settings?: {
                        /** @description Show the account as online while connected; the phone then gets no notifications */
                        markOnline?: boolean;
                        /** @description Reject every call at once; the phone rings no longer */
                        rejectCalls?: boolean;
                        /**
                         * @description What the phone tells of the past when it is linked: messages then listed like any others, without events. Takes effect with the next linking
                         * @enum {string}
                         */
                        historySync?: "none" | "recent" | "full";
                        /** @description Send none of this session's events to webhooks, not later either; all else goes on */
                        muteWebhooks?: boolean;
                        /** @description The HTTP or SOCKS proxy through which the session reaches WhatsApp, media included; from the next connection on. Shown without user name and password */
                        proxy?: string | null;
                        /** @description At most so many messages leave; null sends each as soon as it can */
                        pacing?: {
                            perMinute: number;
                            /** @description Messages that may leave without a pause */
                            burst: number;
                            /** @description By how much of itself each pause varies; 0.3 when absent */
                            jitter?: number;
                        } | null;
                        /** @description Chats with people whom this device has not written to or heard from */
                        newChats?: {
                            /** @description Chats to start within 24 hours; the rest wait. Null for any number */
                            perDay: number | null;
                            /** @description Start no chats while WhatsApp locks the account for it; others go on */
                            pauseOnLock: boolean;
                        };
                        /** @description Days that messages are kept, counted from now on; null for as the deployment does */
                        retentionDays?: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connectSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "phone": "+14155550123"
                 *     }
                 */
                "application/json": {
                    /** @description The phone that will type the code, +E.164 or digits */
                    phone?: string;
                };
            };
        };
        responses: {
            /** @description The code to scan, or to type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description PNG as a data URL */
                        qrCode: string;
                        /** @description The payload itself */
                        qr: string;
                        qrAttempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    } | {
                        /** @description Eight characters to type on the phone, like ABCD-2345 */
                        pairingCode: string;
                        phone: string;
                        attempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    };
                };
            };
            /** @description Under way: watch the status, or ask again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reconnectSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code to scan, or to type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description PNG as a data URL */
                        qrCode: string;
                        /** @description The payload itself */
                        qr: string;
                        qrAttempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    } | {
                        /** @description Eight characters to type on the phone, like ABCD-2345 */
                        pairingCode: string;
                        phone: string;
                        attempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    };
                };
            };
            /** @description Under way: watch the status, or ask again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPairingCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone": "+14155550123"
                 *     }
                 */
                "application/json": {
                    /** @description The phone that will type the code, +E.164 or digits */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description The code to type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Eight characters to type on the phone, like ABCD-2345 */
                        pairingCode: string;
                        phone: string;
                        attempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    };
                };
            };
            /** @description Under way: watch the status, or ask again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnectSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Under way: watch the status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Under way: watch the status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restartSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Under way: watch the status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bundle */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundleId: string;
                        /** @description Downloads the sealed bundle; works for 15 minutes */
                        url: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            /** @description Under way: watch the status, or ask again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bundleId": "bnd_01JD3W8Z5N6Q7R8S9T0V1W2X3Y"
                 *     }
                 */
                "application/json": {
                    bundleId: string;
                };
            };
        };
        responses: {
            /** @description Imported */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        phone: string | null;
                    };
                };
            };
            /** @description Under way: watch the status, or ask again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        retryIn: number;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                        isConnected: boolean;
                        hasQrCode: boolean;
                        hasPairingCode: boolean;
                        canReconnect: boolean;
                        reason: ("qr_limit" | "pairing_window_over" | "unlinked_by_phone" | "disconnected_by_user" | "stopped_by_user" | "temporarily_banned" | "account_locked" | "client_outdated" | "multi_device_mismatch" | "replaced_elsewhere" | "server_unverified" | "journal_unreadable" | "whatsapp_unreachable" | "restarting" | "crash_loop" | "passkey_required" | "no_worker" | "exported" | "imported" | "bundle_unreadable" | "already_linked" | "proxy_refused" | "proxy_unreachable" | "unknown") | null;
                        detail: string | null;
                        phone: string | null;
                        name: string | null;
                        /** @description Number of the pairing attempt; 0 outside pairing */
                        attempt: number;
                        /** @description Null outside pairing */
                        maxAttempts: number | null;
                        /** @description When the present code is replaced */
                        codeExpiresAt: string | null;
                        pairingWindowEndsAt: string | null;
                        /** Format: date-time */
                        lastStatusAt: string;
                        /** @description At most so many messages leave; null sends each as soon as it can */
                        pacing: {
                            perMinute: number;
                            /** @description Messages that may leave without a pause */
                            burst: number;
                            /** @description By how much of itself each pause varies; 0.3 when absent */
                            jitter?: number;
                        } | null;
                        /** @description Chats with people whom this device has not written to or heard from */
                        newChats: {
                            /** @description Chats to start within 24 hours; the rest wait. Null for any number */
                            perDay: number | null;
                            /** @description Start no chats while WhatsApp locks the account for it; others go on */
                            pauseOnLock: boolean;
                        };
                        /** @description What holds new chats back now */
                        limit: {
                            /**
                             * @description WhatsApp lets the account start no chats, or the session's own cap is reached
                             * @enum {string}
                             */
                            limit: "reach_out_lock" | "new_chats_per_day";
                            /** @description False when it is over */
                            active: boolean;
                            /** @description When new chats go out again, as far as is known */
                            until: string | null;
                            detail: string;
                        } | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionQr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The QR code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description PNG as a data URL */
                        qrCode: string;
                        /** @description The payload itself */
                        qr: string;
                        qrAttempt: number;
                        maxAttempts: number;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: date-time */
                        pairingWindowEndsAt: string;
                    };
                    "image/png": string;
                    "image/svg+xml": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
                /** @description With this person, or in this group */
                chat?: string;
                /** @description Not older than this */
                from?: string;
                /** @description Older than this */
                to?: string;
                status?: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
                /**
                 * @description With this or `status`, a page may hold fewer than `limit` though more follow
                 * @example inbound
                 */
                direction?: "outbound" | "inbound";
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Message"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "+14155550123",
                 *       "type": "text",
                 *       "text": {
                 *         "body": "Your order is on its way."
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    type: "text";
                    text: {
                        body: string;
                        /** @description Shown of a link in the text. When absent the page of the first one is looked at; false for none */
                        preview?: {
                            /** Format: uri */
                            url: string;
                            title: string;
                            description?: string;
                        } | false;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "image";
                    image: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "video";
                    video: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                        seconds?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "audio";
                    audio: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        /** @description A voice note: Opus in Ogg */
                        voice?: boolean;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                        seconds?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "document";
                    document: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        fileName?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "sticker";
                    sticker: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "location";
                    location: {
                        latitude: number;
                        longitude: number;
                        name?: string;
                        address?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "contact";
                    contact: {
                        contacts: ({
                            vcard: string;
                        } | {
                            name: string;
                            phone: string;
                            organization?: string;
                            /** Format: email */
                            email?: string;
                        })[];
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "poll";
                    poll: {
                        question: string;
                        options: string[];
                        /** @description How many may be chosen; 1 when absent */
                        maxAnswers?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "reaction";
                    reaction: {
                        messageId: string;
                        emoji: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                    /** @constant */
                    type: "template";
                    template: {
                        templateId: string;
                        variables?: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessageByKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "+14155550123",
                 *       "type": "text",
                 *       "text": {
                 *         "body": "Your order is on its way."
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    type: "text";
                    text: {
                        body: string;
                        /** @description Shown of a link in the text. When absent the page of the first one is looked at; false for none */
                        preview?: {
                            /** Format: uri */
                            url: string;
                            title: string;
                            description?: string;
                        } | false;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "image";
                    image: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "video";
                    video: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                        seconds?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "audio";
                    audio: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        /** @description A voice note: Opus in Ogg */
                        voice?: boolean;
                        /** @description The recipient may look at it once */
                        viewOnce?: boolean;
                        seconds?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "document";
                    document: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                        caption?: string;
                        fileName?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "sticker";
                    sticker: {
                        /** @description What POST /v1/media gave, or what was received */
                        mediaId?: string;
                        /** Format: uri */
                        url?: string;
                        /** Format: base64 */
                        base64?: string;
                        /** @description Of base64; with a URL, instead of what its server says */
                        mimetype?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "location";
                    location: {
                        latitude: number;
                        longitude: number;
                        name?: string;
                        address?: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "contact";
                    contact: {
                        contacts: ({
                            vcard: string;
                        } | {
                            name: string;
                            phone: string;
                            organization?: string;
                            /** Format: email */
                            email?: string;
                        })[];
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "poll";
                    poll: {
                        question: string;
                        options: string[];
                        /** @description How many may be chosen; 1 when absent */
                        maxAnswers?: number;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    /** @constant */
                    type: "reaction";
                    reaction: {
                        messageId: string;
                        emoji: string;
                    };
                    /** @description The message that is quoted: of the same chat, or what the recipient said in a group, to be answered in private */
                    replyTo?: string;
                    /** @description Who is mentioned; the text says @ and their number */
                    mentions?: string[];
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                } | {
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                    /** @constant */
                    type: "template";
                    template: {
                        templateId: string;
                        variables?: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Cancelled: it was not sent yet */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": {
                 *         "body": "Your order is on its way, and will come on Friday."
                 *       }
                 *     }
                 */
                "application/json": {
                    text: {
                        body: string;
                    };
                } | {
                    /** @description Of an image, a video or a document */
                    caption: string;
                };
            };
        };
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            delivered: number;
                            read: number;
                            played: number;
                        };
                        data: {
                            recipient: components["schemas"]["Contact"];
                            /** @enum {string} */
                            status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
                            deliveredAt: string | null;
                            readAt: string | null;
                            playedAt: string | null;
                        }[];
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reactToMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emoji": "👍"
                 *     }
                 */
                "application/json": {
                    emoji: string;
                };
            };
        };
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forwardMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "+14155550123"
                 *     }
                 */
                "application/json": {
                    to: string;
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                };
            };
        };
        responses: {
            /** @description Accepted: it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        whatsappId: string;
                        to: string;
                        /** @constant */
                        status: "queued";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Templates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            name: string;
                            message: {
                                [key: string]: unknown;
                            };
                            /** @description What must be given when it is sent */
                            variables: string[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Order has left",
                 *       "message": {
                 *         "type": "text",
                 *         "text": {
                 *           "body": "Hello {{name}}, order {{order}} has left."
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    name: string;
                    message: {
                        type: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        message: {
                            [key: string]: unknown;
                        };
                        /** @description What must be given when it is sent */
                        variables: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        message: {
                            [key: string]: unknown;
                        };
                        /** @description What must be given when it is sent */
                        variables: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Order is on its way"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    message?: {
                        type: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        message: {
                            [key: string]: unknown;
                        };
                        /** @description What must be given when it is sent */
                        variables: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": {
                 *         "type": "text",
                 *         "text": {
                 *           "body": "Hello {{name}}"
                 *         }
                 *       },
                 *       "recipients": [
                 *         {
                 *           "to": "+14155550123",
                 *           "variables": {
                 *             "name": "Ada"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description A message with {{variables}} in its texts, or a template */
                    message: {
                        /** @constant */
                        type: "template";
                        template: {
                            templateId: string;
                        };
                    } | ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    });
                    recipients: {
                        to: string;
                        variables?: {
                            [key: string]: string;
                        };
                    }[];
                    queueWhenOffline?: boolean;
                    expiresIn?: number;
                    /** @description Seconds to show that the account types, or records a voice note, before it leaves */
                    typeFor?: number;
                    /**
                     * Format: date-time
                     * @description Wait until then; `expiresIn` counts from there. At most a year ahead
                     */
                    sendAt?: string;
                };
            };
        };
        responses: {
            /** @description Accepted: all of it will be sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled";
                        total: number;
                        /** @description Recipients whose message has been made and queued so far */
                        queued: number;
                        /** Format: date-time */
                        createdAt: string;
                        sendAt: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Batches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            state: "running" | "paused" | "cancelled";
                            total: number;
                            /** @description Recipients whose message has been made and queued so far */
                            queued: number;
                            /** Format: date-time */
                            createdAt: string;
                            sendAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled";
                        total: number;
                        /** @description Recipients whose message has been made and queued so far */
                        queued: number;
                        /** Format: date-time */
                        createdAt: string;
                        sendAt: string | null;
                        /** @description Recipients by what became of their message; they add up to `total` */
                        counts: {
                            queued: number;
                            sent: number;
                            delivered: number;
                            read: number;
                            played: number;
                            failed: number;
                            unknown: number;
                            cancelled: number;
                            removed: number;
                        };
                        failures: {
                            /** @description Which of the recipients, from 0 */
                            index: number;
                            to: string;
                            messageId: string;
                            reason: ("recipient_not_on_whatsapp" | "recipient_unanswered" | "no_devices" | "refused_by_whatsapp" | "reach_out_locked" | "rate_limited_by_whatsapp" | "session_ended" | "expired" | "cancelled" | "not_acknowledged" | "not_in_group" | "media_not_found" | "media_unreachable" | "media_address_denied" | "media_too_large" | "media_empty" | "media_wrong_type" | "media_damaged" | "media_expired" | "media_upload_failed" | "internal") | null;
                            detail: string | null;
                        }[];
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled";
                        total: number;
                        /** @description Recipients whose message has been made and queued so far */
                        queued: number;
                        /** Format: date-time */
                        createdAt: string;
                        sendAt: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled";
                        total: number;
                        /** @description Recipients whose message has been made and queued so far */
                        queued: number;
                        /** Format: date-time */
                        createdAt: string;
                        sendAt: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        sessionId: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled";
                        total: number;
                        /** @description Recipients whose message has been made and queued so far */
                        queued: number;
                        /** Format: date-time */
                        createdAt: string;
                        sendAt: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact": "+14155550123"
                 *     }
                 */
                "application/json": {
                    messageId?: string;
                    /** @description All messages with this person, or in this group */
                    chat?: string;
                    /** @description All messages with this person under any address, what they wrote and did in groups, and their names */
                    contact?: string;
                };
            };
        };
        responses: {
            /** @description What is gone now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that are gone now; what a person wrote elsewhere follows within minutes */
                        erased: number;
                        /** @description True when there is more to erase: send the same again */
                        more: boolean;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message, cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mimetype": "image/jpeg",
                 *       "size": 48213
                 *     }
                 */
                "application/json": {
                    mimetype: string;
                    /** @description Bytes, exactly */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Where the bytes go */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description PUT the bytes here */
                        uploadUrl: string;
                        /** @description Headers that the PUT must carry */
                        headers: {
                            [key: string]: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mediaId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file and a link to it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        mimetype: string;
                        size: number;
                        /** @description In hex; null for what was uploaded here */
                        sha256: string | null;
                        fileName: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description GET the bytes here */
                        downloadUrl: string;
                        /**
                         * Format: date-time
                         * @description When the link ends
                         */
                        expiresAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "available"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    state: "available" | "unavailable";
                };
            };
        };
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subscribePresence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "+14155550123"
                 *     }
                 */
                "application/json": {
                    to: string;
                };
            };
        };
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showTyping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "+14155550123",
                 *       "state": "composing"
                 *     }
                 */
                "application/json": {
                    to: string;
                    /** @enum {string} */
                    state: "composing" | "recording" | "paused";
                };
            };
        };
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                replyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @enum {string} */
                        status: "answered" | "failed";
                        /** @description What was asked */
                        question: string;
                        /** @description As the route that asked would have answered; null when it failed */
                        answer: unknown;
                        code: ("session_not_connected" | "refused_by_whatsapp" | "whatsapp_unanswered" | "outcome_unknown") | null;
                        detail: string | null;
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contacts": [
                 *         "+14155550123"
                 *       ]
                 *     }
                 */
                "application/json": {
                    contacts: string[];
                };
            };
        };
        responses: {
            /** @description Each phone, in the order of asking */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @description The address that was asked about */
                            asked: string;
                            onWhatsapp: boolean;
                            contact: components["schemas"]["Contact"] | null;
                        }[];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            contact: components["schemas"]["Contact"];
                            /** @description As the account's address book has it */
                            name: string | null;
                            /** @description As the contact calls itself */
                            pushName: string | null;
                            blocked: boolean;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContactPicture: {
        parameters: {
            query?: {
                /** @example full */
                size?: "preview" | "full";
            };
            header?: never;
            path: {
                sessionId: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its address, which WhatsApp lets expire */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Null when there is none, or none that is shown to us */
                        url: string | null;
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    blockContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unblockContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBlocked: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Contact"][];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChats: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Chats */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            contact: components["schemas"]["Contact"];
                            /** @description As the account's address book has it */
                            name: string | null;
                            /** @description As the contact calls itself */
                            pushName: string | null;
                            /** @description Of a group */
                            subject: string | null;
                            archived: boolean;
                            /** @description In the year 9999 when for ever */
                            mutedUntil: string | null;
                            /** @description True when somebody marked it unread */
                            unread: boolean;
                            /** @description Day of a recent message */
                            lastActiveOn: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                chatId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "archived": true
                 *     }
                 */
                "application/json": {
                    archived?: boolean;
                    /** @description Null lifts it */
                    mutedUntil?: string | null;
                    /** @description False marks it unread */
                    read?: boolean;
                };
            };
        };
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            /** @description The group's address, …@g.us */
                            id: string;
                            subject: string;
                            description: string | null;
                            owner: components["schemas"]["Contact"] | null;
                            createdAt: string | null;
                            onlyAdminsWrite: boolean;
                            onlyAdminsChange: boolean;
                            members: {
                                contact: components["schemas"]["Contact"];
                                /** @enum {string} */
                                role: "member" | "admin" | "superadmin";
                            }[];
                        }[];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "Order 4711",
                 *       "members": [
                 *         "+14155550123"
                 *       ]
                 *     }
                 */
                "application/json": {
                    subject: string;
                    members: string[];
                };
            };
        };
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The group's address, …@g.us */
                        id: string;
                        subject: string;
                        description: string | null;
                        owner: components["schemas"]["Contact"] | null;
                        createdAt: string | null;
                        onlyAdminsWrite: boolean;
                        onlyAdminsChange: boolean;
                        members: {
                            contact: components["schemas"]["Contact"];
                            /** @enum {string} */
                            role: "member" | "admin" | "superadmin";
                        }[];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The group's address, …@g.us */
                        id: string;
                        subject: string;
                        description: string | null;
                        owner: components["schemas"]["Contact"] | null;
                        createdAt: string | null;
                        onlyAdminsWrite: boolean;
                        onlyAdminsChange: boolean;
                        members: {
                            contact: components["schemas"]["Contact"];
                            /** @enum {string} */
                            role: "member" | "admin" | "superadmin";
                        }[];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "Order 4711, delivered"
                 *     }
                 */
                "application/json": {
                    subject: string;
                };
            };
        };
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroupMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "change": "add",
                 *       "members": [
                 *         "+14155550123"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    change: "add" | "remove" | "promote" | "demote";
                    members: string[];
                };
            };
        };
        responses: {
            /** @description What became of each member */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            contact: components["schemas"]["Contact"];
                            done: boolean;
                            /** @description WhatsApp's reason for a refusal, like 403 or 409 */
                            code: number | null;
                        }[];
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroupInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        url: string;
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewGroupInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        url: string;
                    };
                };
            };
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                groupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not answered yet: look at `url` soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replyId: string;
                        /** @constant */
                        status: "pending";
                        /** @description Where the answer will be, for an hour */
                        url: string;
                    };
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connect to the WebSocket API with `?ticket=` */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @example 1.1 */
                after?: string;
                /** @example 100 */
                limit?: number;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; `nextCursor` goes into `after` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllEvents: {
        parameters: {
            query?: {
                /**
                 * @description An answer's `nextCursor`, or `now`; as far back as events are kept when absent
                 * @example now
                 */
                after?: string;
                /** @description Only this session's */
                sessionId?: string;
                /** @example 100 */
                limit?: number;
                /** @description Seconds to wait for an event when there is none */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, in order within each session; `nextCursor` goes into `after` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: (components["schemas"]["Event"] | components["schemas"]["AccountEvent"])[];
                        nextCursor: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks, no secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks",
                 *       "types": [
                 *         "message.received",
                 *         "message.status"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uri
                     * @description Where events are sent: https, or a queue's or bus's ARN
                     */
                    url: string;
                    /** @description The role of yours that sends to a queue or bus; null for a URL */
                    roleArn?: string | null;
                    /** @description The types of event that are sent; null for all */
                    types?: ("session.status" | "session.qr_code" | "session.pairing_code" | "message.received" | "message.status" | "message.edited" | "message.deleted" | "message.reaction" | "message.media" | "poll.vote" | "group.update" | "call.received" | "presence.update" | "contact.update" | "session.limit" | "webhook.disabled")[] | null;
                    /** @description Sent along with each event; never shown again */
                    headers?: {
                        [key: string]: string;
                    };
                    description?: string;
                    enabled?: boolean;
                    /** @description Only this session's events */
                    sessionId?: string;
                };
            };
        };
        responses: {
            /** @description With its secret, shown once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        url: string;
                        roleArn: string | null;
                        description: string;
                        sessionId: string | null;
                        types: ("session.status" | "session.qr_code" | "session.pairing_code" | "message.received" | "message.status" | "message.edited" | "message.deleted" | "message.reaction" | "message.media" | "poll.vote" | "group.update" | "call.received" | "presence.update" | "contact.update" | "session.limit" | "webhook.disabled")[] | null;
                        headerNames: string[];
                        enabled: boolean;
                        disabledReason: ("user" | "gone" | "failing") | null;
                        /** @description Nothing has succeeded since; five days of it disable */
                        failingSince: string | null;
                        formerSecretWorksUntil: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Verifies signatures. Shown once, never again */
                        secret: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "Orders",
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uri
                     * @description Where events are sent: https, or a queue's or bus's ARN
                     */
                    url?: string;
                    /** @description The role of yours that sends to a queue or bus; null for a URL */
                    roleArn?: string | null;
                    /** @description The types of event that are sent; null for all */
                    types?: ("session.status" | "session.qr_code" | "session.pairing_code" | "message.received" | "message.status" | "message.edited" | "message.deleted" | "message.reaction" | "message.media" | "poll.vote" | "group.update" | "call.received" | "presence.update" | "contact.update" | "session.limit" | "webhook.disabled")[] | null;
                    /** @description Sent along with each event; never shown again */
                    headers?: {
                        [key: string]: string;
                    };
                    description?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body give the first answer again; another body is refused */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24
                 *     }
                 */
                "application/json": {
                    /**
                     * @description How long the old one signs too
                     * @default 24
                     */
                    overlapHours?: number;
                };
            };
        };
        responses: {
            /** @description The new secret, shown once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The new secret. Shown once, never again */
                        secret: string;
                        /** Format: date-time */
                        formerSecretWorksUntil: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See how it went under its id */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        webhookId: string;
                        eventId: string;
                        type: string;
                        sessionId: string | null;
                        cursor: string;
                        /** @enum {string} */
                        status: "succeeded" | "retrying" | "failed";
                        nextAttemptAt: string | null;
                        /** @description The latest, oldest first */
                        attempts: {
                            /** Format: date-time */
                            at: string;
                            /** @description How long it took */
                            ms: number;
                            statusCode: number | null;
                            /** @description Why there was no answer */
                            error: ("timeout" | "address_denied" | "name_not_found" | "connection_refused" | "connection_lost" | "tls_failed" | "not_https" | "network_failed") | null;
                        }[];
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /**
                 * @description `failed` lists the dead letters
                 * @example failed
                 */
                status?: "succeeded" | "retrying" | "failed";
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            webhookId: string;
                            eventId: string;
                            type: string;
                            sessionId: string | null;
                            cursor: string;
                            /** @enum {string} */
                            status: "succeeded" | "retrying" | "failed";
                            nextAttemptAt: string | null;
                            /** @description The latest, oldest first */
                            attempts: {
                                /** Format: date-time */
                                at: string;
                                /** @description How long it took */
                                ms: number;
                                statusCode: number | null;
                                /** @description Why there was no answer */
                                error: ("timeout" | "address_denied" | "name_not_found" | "connection_refused" | "connection_lost" | "tls_failed" | "not_https" | "network_failed") | null;
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        webhookId: string;
                        eventId: string;
                        type: string;
                        sessionId: string | null;
                        cursor: string;
                        /** @enum {string} */
                        status: "succeeded" | "retrying" | "failed";
                        nextAttemptAt: string | null;
                        /** @description The latest, oldest first */
                        attempts: {
                            /** Format: date-time */
                            at: string;
                            /** @description How long it took */
                            ms: number;
                            statusCode: number | null;
                            /** @description Why there was no answer */
                            error: ("timeout" | "address_denied" | "name_not_found" | "connection_refused" | "connection_lost" | "tls_failed" | "not_https" | "network_failed") | null;
                        }[];
                        request: {
                            headers: {
                                [key: string]: string;
                            };
                            body: string;
                            /** @description True when there was more */
                            isCut: boolean;
                        };
                        /** @description The latest */
                        answer: {
                            statusCode: number;
                            body: string;
                            /** @description True when there was more */
                            isCut: boolean;
                        } | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        webhookId: string;
                        eventId: string;
                        type: string;
                        sessionId: string | null;
                        cursor: string;
                        /** @enum {string} */
                        status: "succeeded" | "retrying" | "failed";
                        nextAttemptAt: string | null;
                        /** @description The latest, oldest first */
                        attempts: {
                            /** Format: date-time */
                            at: string;
                            /** @description How long it took */
                            ms: number;
                            statusCode: number | null;
                            /** @description Why there was no answer */
                            error: ("timeout" | "address_denied" | "name_not_found" | "connection_refused" | "connection_lost" | "tls_failed" | "not_https" | "network_failed") | null;
                        }[];
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhookDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "after": "2026-11-01T00:00:00.000Z",
                 *       "status": "failed"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Of events at or after this time
                     */
                    after?: string;
                    /**
                     * Format: date-time
                     * @description Of events before this time
                     */
                    before?: string;
                    /**
                     * @description All of the range when absent
                     * @enum {string}
                     */
                    status?: "succeeded" | "retrying" | "failed";
                    cursor?: string;
                };
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queued: number;
                        /** @description More are left: send it again with this `cursor` */
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        openapi: "3.1.0";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /**
                 * @description The first day, at most 100 days in all; 30 days before the last one when absent
                 * @example 2026-11-01
                 */
                from?: string;
                /** @description The last day; today when absent */
                to?: string;
                /** @description Only this session's */
                sessionId?: string;
                /** @description Sessions of a page */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            sessionId: string;
                            /**
                             * Format: date
                             * @description A day in UTC, like 2026-11-21
                             */
                            day: string;
                            /**
                             * @description phone: what its owner sent
                             * @enum {string}
                             */
                            direction: "outbound" | "inbound" | "phone";
                            /** @description text, image and so on; `any` on receipts, which do not tell */
                            kind: string;
                            status: string;
                            count: number;
                        }[];
                        /** @description By session, the last event that is counted: live counts go on from there */
                        cursors: {
                            [key: string]: string;
                        };
                        /** @description Leads to further sessions, where there are any */
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /**
                 * @description The first day; 30 days before the last one when absent
                 * @example 2026-11-01
                 */
                from?: string;
                /** @description The last day; today when absent */
                to?: string;
                /** @description Only this session's */
                sessionId?: string;
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Usage; as CSV with `format=csv` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            sessionId: string;
                            /**
                             * Format: date
                             * @description A day in UTC, like 2026-11-21
                             */
                            day: string;
                            /** @description Through the API, as far as WhatsApp has acknowledged them */
                            messagesSent: number;
                            messagesReceived: number;
                            /** @description How long the session was active */
                            activeSeconds: number;
                            mediaBytesSent: number;
                            mediaBytesReceived: number;
                        }[];
                        totals: {
                            /** @description Through the API, as far as WhatsApp has acknowledged them */
                            messagesSent: number;
                            messagesReceived: number;
                            /** @description How long the session was active */
                            activeSeconds: number;
                            mediaBytesSent: number;
                            mediaBytesReceived: number;
                        };
                    };
                    "text/csv": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @description The route's operation id */
                            action: string;
                            actor: {
                                /** @enum {string} */
                                kind: "user" | "key" | "operator" | "anonymous";
                                id: string | null;
                            };
                            /** @description Ids of what it was done to, by their names */
                            target: {
                                [key: string]: string;
                            };
                            ip: string;
                            /** @enum {string} */
                            result: "done" | "refused" | "failed";
                            /** @description Of the HTTP answer */
                            status: number;
                            /** @description The problem's code, unless it was done */
                            code: string | null;
                            requestId: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "basic" | "pro" | "max";
                        sessionLimit: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setTier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tier": "pro"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    tier: "basic" | "pro" | "max";
                };
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "basic" | "pro" | "max";
                        sessionLimit: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFleetHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How everything is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "degraded";
                        /** @description What is wrong, in sentences; empty when all is well */
                        problems: string[];
                        /** Format: date-time */
                        at: string;
                        stores: {
                            name: string;
                            reachable: boolean;
                            ms: number;
                        }[];
                        queues: {
                            name: string;
                            reachable: boolean;
                            waiting: number;
                            inFlight: number;
                            /** @description In the dead-letter queue */
                            dead: number;
                        }[];
                        /** @description Null when its table cannot be read */
                        fleet: {
                            workers: {
                                id: string;
                                draining: boolean;
                            }[];
                            shards: {
                                total: number;
                                owned: number;
                                ownerless: number[];
                            };
                            sessions: {
                                /** @description That want to be connected */
                                wanted: number;
                                /** @description Of those that are wanted */
                                byState: {
                                    [key: string]: number;
                                };
                                /** @description False when there are too many to look at each */
                                isComplete: boolean;
                            };
                            /** @description Age of the oldest command that a worker has in hand, by the heartbeats; null without any. What no worker has taken yet is in `queues`: CloudWatch knows its age (ApproximateAgeOfOldestMessage) */
                            oldestCommandSeconds: number | null;
                            /** @description The wanted session that has been waiting for its connection longest */
                            longestWaiting: {
                                sessionId: string;
                                /** @enum {string} */
                                status: "inactive" | "connecting" | "qr_ready" | "pairing_code_ready" | "active" | "reconnecting" | "error" | "logged_out";
                                /** Format: date-time */
                                since: string;
                            } | null;
                        } | null;
                    };
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
