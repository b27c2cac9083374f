/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guard.h - locks and pointers that clean up after themselves
 */
#ifndef FIXTURE_GUARD_H
#define FIXTURE_GUARD_H

#define DEFINE_FREE(_name, _type, _free)           \
	static inline void __free_##_name(void *p) \
	{                                          \
		_type _T = *(_type *)p;            \
		_free;                             \
	}
#define __free(_name) __cleanup(__free_##_name)
#define no_free_ptr(p)                   \
	({                               \
		__auto_type __ptr = (p); \
		(p) = NULL;              \
		__ptr;                   \
	})
#define return_ptr(p) return no_free_ptr(p)

#define DEFINE_CLASS(_name, _type, _exit, _init, _init_args...)     \
	typedef _type class_##_name##_t;                            \
	static inline void class_##_name##_destructor(_type *p)     \
	{                                                           \
		_type _T = *p;                                      \
		_exit;                                              \
	}                                                           \
	static inline _type class_##_name##_constructor(_init_args) \
	{                                                           \
		_type t = _init;                                    \
		return t;                                           \
	}

#define CLASS(_name, var)                                             \
	class_##_name##_t var __cleanup(class_##_name##_destructor) = \
		class_##_name##_constructor

#define DEFINE_GUARD(_name, _type, _lock, _unlock) \
	DEFINE_CLASS(_name, _type, _unlock, ({     \
			     _lock;                \
			     _T;                   \
		     }),                           \
		     _type _T)

#define guard(_name) CLASS(_name, __UNIQUE_ID(guard))
#define scoped_guard(_name, args...) \
	for (CLASS(_name, scope)(args), *done = NULL; !done; done = (void *)1)

#define __DEFINE_UNLOCK_GUARD(_name, _type, _unlock, ...)                    \
	typedef struct {                                                     \
		_type *lock;                                                 \
		__VA_ARGS__;                                                 \
	} class_##_name##_t;                                                 \
	static inline void class_##_name##_destructor(class_##_name##_t *_T) \
	{                                                                    \
		if (_T->lock) {                                              \
			_unlock;                                             \
		}                                                            \
	}

#define __DEFINE_LOCK_GUARD_1(_name, _type, _lock)                            \
	static inline class_##_name##_t class_##_name##_constructor(_type *l) \
	{                                                                     \
		class_##_name##_t _t = {.lock = l}, *_T = &_t;                \
		_lock;                                                        \
		return _t;                                                    \
	}

#define __DEFINE_LOCK_GUARD_0(_name, _lock)                               \
	static inline class_##_name##_t class_##_name##_constructor(void) \
	{                                                                 \
		class_##_name##_t _t = {.lock = (void *)1},               \
				  *_T __maybe_unused = &_t;               \
		_lock;                                                    \
		return _t;                                                \
	}

#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock, ...)    \
	__DEFINE_UNLOCK_GUARD(_name, _type, _unlock, __VA_ARGS__) \
	__DEFINE_LOCK_GUARD_1(_name, _type, _lock)
#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock, ...)          \
	__DEFINE_UNLOCK_GUARD(_name, void, _unlock, __VA_ARGS__) \
	__DEFINE_LOCK_GUARD_0(_name, _lock)

DEFINE_LOCK_GUARD_1(raw_spinlock, raw_spinlock_t, raw_spin_lock(_T->lock),
		    raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irqsave, raw_spinlock_t,
		    raw_spin_lock_irqsave(_T->lock, _T->flags),
		    raw_spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock),
		    spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t,
		    spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_0(irqsave, local_irq_save(_T->flags),
		    local_irq_restore(_T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_0(preempt, preempt_disable(), preempt_enable())
DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())
DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))

#endif
